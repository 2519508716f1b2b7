using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;

namespace IntuneExchangeConnector.Sandbox.Exchange;

/// <summary>Counts calls over all sessions of a state folder and says which of them a fault hits.</summary>
internal sealed class FaultSchedule(string stateFolder)
{
    private static readonly TimeSpan s_betweenAttempts = TimeSpan.FromMilliseconds(2);

    private readonly string _countsPath = Path.Combine(stateFolder, "fault-counts.json");

    /// <summary>Counts this call and returns the first fault that it meets, or null.</summary>
    public ExchangeFault? Next(IReadOnlyList<ExchangeFault> faults, string command)
    {
        if (!faults.Any(f => Concerns(f, command)))
            return null;

        using FileStream file = OpenAlone();
        Dictionary<string, int> counts = file.Length == 0
            ? []
            : JsonSerializer.Deserialize<Dictionary<string, int>>(file) ?? [];

        ExchangeFault? hit = null;
        foreach (ExchangeFault fault in faults.Where(f => Concerns(f, command)))
        {
            // The fault's own values are its key: a list that is edited between two runs counts on for what stayed.
            string key = JsonSerializer.Serialize(fault);
            int call = counts[key] = counts.GetValueOrDefault(key) + 1;
            if (call >= fault.Call && call - fault.Call < fault.Times)
                hit ??= fault;
        }

        file.Position = 0;
        file.SetLength(0);
        JsonSerializer.Serialize(file, counts);
        return hit;
    }

    private static bool Concerns(ExchangeFault fault, string command) =>
        fault.Command is null || fault.Command.Equals(command, StringComparison.OrdinalIgnoreCase);

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
