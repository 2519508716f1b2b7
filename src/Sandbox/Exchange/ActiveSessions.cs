using System;
using System.IO;
using System.Linq;

namespace IntuneExchangeConnector.Sandbox.Exchange;

/// <summary>How many sessions of a server work at the moment: each leaves a file while it executes a command.</summary>
internal sealed class ActiveSessions
{
    private readonly string _folder;
    private readonly string _own;

    public ActiveSessions(string stateFolder, string server)
    {
        _folder = Path.Combine(stateFolder, "active", server);
        _own = Path.Combine(_folder, FileName(Environment.ProcessId));
    }

    /// <summary>Says that this session works, and counts it and the others that do.</summary>
    public int Enter()
    {
        System.IO.Directory.CreateDirectory(_folder);
        File.WriteAllBytes(_own, []);
        return System.IO.Directory.EnumerateFiles(_folder).Count();
    }

    public void Leave()
    {
        if (File.Exists(_own))
            File.Delete(_own);
    }

    /// <summary>Takes away what a session left that ended in the middle of a command.</summary>
    public static void Clear(string stateFolder, string server, int process)
    {
        string path = Path.Combine(stateFolder, "active", server, FileName(process));
        if (File.Exists(path))
            File.Delete(path);
    }

    private static string FileName(int process) => process.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
