using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace IntuneExchangeConnector.Sandbox.Exchange;

/// <summary>
/// One line per executed Exchange command, in a file per process: command, parameter names in order, identity, server; separated by tabs.
/// Values never appear, apart from the identity that says which object was meant.
/// </summary>
internal sealed class CommandLog(string stateFolder, string server) : IDisposable
{
    private readonly object _writing = new();
    private FileStream? _file;

    public static string SearchPattern => "commands-*.log";

    public void Write(string command, IEnumerable<string> parameters, string? identity)
    {
        StringBuilder line = new(command);
        line.Append('\t').AppendJoin(',', parameters.Order(StringComparer.Ordinal));
        line.Append('\t');
        foreach (char c in identity ?? string.Empty)
            line.Append(char.IsControl(c) ? ' ' : c);
        byte[] bytes = Encoding.UTF8.GetBytes(line.Append('\t').Append(server).Append('\n').ToString());

        // A prepared process that never serves anybody leaves no log; a killed one leaves whole lines.
        lock (_writing)
        {
            _file ??= new FileStream(
                Path.Combine(stateFolder, $"commands-{Environment.ProcessId}.log"),
                FileMode.Append,
                FileAccess.Write,
                FileShare.ReadWrite | FileShare.Delete,
                bufferSize: 0);
            _file.Write(bytes);
        }
    }

    /// <summary>Every command that any session of the state folder executed so far; the order holds within one session.</summary>
    public static IReadOnlyList<ExecutedCommand> Read(string stateFolder)
    {
        List<ExecutedCommand> commands = [];
        foreach (string path in System.IO.Directory.EnumerateFiles(stateFolder, SearchPattern).Order(StringComparer.Ordinal))
        {
            using StreamReader reader = new(new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete));
            while (reader.ReadLine() is { } line)
            {
                if (line.Split('\t') is [var name, var parameters, var identity, var server])
                    commands.Add(new ExecutedCommand(name, parameters.Split(',', StringSplitOptions.RemoveEmptyEntries), identity, server));
            }
        }

        return commands;
    }

    public void Dispose() => _file?.Dispose();
}
