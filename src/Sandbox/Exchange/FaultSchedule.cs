using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;

namespace IntuneExchangeConnector.Sandbox.Exchange;

/// <summary>Counts calls and connections over all servers and sessions of a state folder and says which of them a fault hits.</summary>
internal sealed class FaultSchedule(string stateFolder, string server)
{
    private const string DownKey = "down ";
    private const string CommandsKey = " commands";
    private const string ConnectionsKey = " connections";

    private static readonly TimeSpan s_betweenAttempts = TimeSpan.FromMilliseconds(2);
    private static readonly ExchangeFault s_down = new() { Kind = ExchangeFaultKind.ServerDown };

    private readonly string _countsPath = Path.Combine(stateFolder, "fault-counts.json");

    /// <summary>Counts a call on this server and returns the first fault that it meets, or null.</summary>
    public ExchangeFault? OfCommand(IReadOnlyList<ExchangeFault> faults, string command) =>
        faults.Any(f => f.Kind == ExchangeFaultKind.ServerDown || ConcernsCommand(f, command)) ? Count(counts =>
        {
            if (counts.ContainsKey(DownKey + server))
                return s_down;

            BringBack(counts, command: true);
            ExchangeFault? hit = Hit(counts, faults.Where(f => ConcernsCommand(f, command)));
            if (hit is { Kind: ExchangeFaultKind.ServerDown })
                TakeDown(counts, hit);
            return hit;
        }) : null;

    /// <summary>Counts a connection to this server and returns the first fault that it meets, or null.</summary>
    public ExchangeFault? OfConnection(IReadOnlyList<ExchangeFault> faults) =>
        faults.Any(f => f.Kind == ExchangeFaultKind.ServerDown || ConcernsConnection(f)) ? Count(counts =>
        {
            if (!counts.ContainsKey(DownKey + server))
                return Hit(counts, faults.Where(ConcernsConnection));
            BringBack(counts, command: false);
            return s_down;
        }) : null;

    private static ExchangeFault? Hit(Dictionary<string, int> counts, IEnumerable<ExchangeFault> faults)
    {
        ExchangeFault? hit = null;
        foreach (ExchangeFault fault in faults)
        {
            // The fault's own values are its key: a list that is edited between two runs counts on for what stayed.
            string key = JsonSerializer.Serialize(fault);
            int call = counts[key] = counts.GetValueOrDefault(key) + 1;
            if (fault.Hits(call))
                hit ??= fault;
        }

        return hit;
    }

    private void TakeDown(Dictionary<string, int> counts, ExchangeFault fault)
    {
        counts[DownKey + server] = 1;
        counts[DownKey + server + CommandsKey] = fault.UpAfterCommands;
        counts[DownKey + server + ConnectionsKey] = fault.UpAfterConnections;
    }

    // A server that is down counts the connections to itself, and the commands of the others.
    private void BringBack(Dictionary<string, int> counts, bool command)
    {
        string suffix = command ? CommandsKey : ConnectionsKey;
        foreach (string key in counts.Keys.Where(k => k.StartsWith(DownKey, StringComparison.Ordinal) && k.EndsWith(suffix, StringComparison.Ordinal)).ToArray())
        {
            string down = key[..^suffix.Length];
            bool own = down.Equals(DownKey + server, StringComparison.OrdinalIgnoreCase);
            if (own == command || counts[key] == 0 || --counts[key] > 0)
                continue;
            counts.Remove(down);
            counts.Remove(down + CommandsKey);
            counts.Remove(down + ConnectionsKey);
        }
    }

    private bool ConcernsCommand(ExchangeFault fault, string command) =>
        !fault.IsOfConnections && ConcernsServer(fault) && (fault.Command is null || fault.Command.Equals(command, StringComparison.OrdinalIgnoreCase));

    private bool ConcernsConnection(ExchangeFault fault) => fault.IsOfConnections && ConcernsServer(fault);

    private bool ConcernsServer(ExchangeFault fault) => fault.Server is null || fault.Server.Equals(server, StringComparison.OrdinalIgnoreCase);

    private ExchangeFault? Count(Func<Dictionary<string, int>, ExchangeFault?> count)
    {
        using FileStream file = OpenAlone();
        Dictionary<string, int> counts = file.Length == 0
            ? []
            : JsonSerializer.Deserialize<Dictionary<string, int>>(file) ?? [];
        ExchangeFault? hit = count(counts);
        file.Position = 0;
        file.SetLength(0);
        JsonSerializer.Serialize(file, counts);
        return hit;
    }

    // The file is its own lock: whoever has it open is the only one.
    private FileStream OpenAlone()
    {
        while (true)
        {
            try
            {
                return new FileStream(_countsPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (File.Exists(_countsPath))
            {
                Thread.Sleep(s_betweenAttempts);
            }
        }
    }
}
