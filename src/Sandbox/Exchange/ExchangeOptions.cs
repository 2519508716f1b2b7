using System;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntuneExchangeConnector.Sandbox.Exchange;

/// <summary>
/// How the simulated Exchange behaves, kept as <c>exchange.json</c> in the state folder. Latency and faults act from the next
/// command on, the session limit from the next connection, what is hidden from the next session.
/// </summary>
public sealed record ExchangeOptions
{
    internal const string FileName = "exchange.json";

    private static readonly JsonSerializerOptions s_json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        Converters = { new JsonStringEnumConverter() },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    /// <summary>Time that every Exchange command takes at least, in milliseconds.</summary>
    public int LatencyMilliseconds { get; init; }

    /// <summary>The same for single commands, by name; it stands instead of <see cref="LatencyMilliseconds"/>.</summary>
    public Dictionary<string, int> CommandLatencyMilliseconds { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Time by which every command takes longer for each session, beyond <see cref="FreeActiveSessions"/>, that works on the same server at the same moment.</summary>
    public int LatencyPerActiveSessionMilliseconds { get; init; }

    /// <summary>Sessions that a server works for at once without slowing down.</summary>
    public int FreeActiveSessions { get; init; } = 1;

    /// <summary>Sessions that one user may hold open on one server; the next one is refused.</summary>
    public int SessionLimit { get; init; } = 18;

    /// <summary>Time after which a session that is asked nothing ends; Windows' own default is a quarter of an hour.</summary>
    public int SessionIdleMilliseconds { get; init; } = 900_000;

    /// <summary>Commands that a session answers; it is gone at the next one. 0 for no limit.</summary>
    public int SessionCommandLimit { get; init; }

    /// <summary>Rows that a command returns when its caller names no <c>-ResultSize</c>.</summary>
    public int DefaultResultSize { get; init; } = 1_000;

    /// <summary>Commands that role-based access control hides from the user.</summary>
    public List<string> HiddenCommands { get; init; } = [];

    /// <summary>Parameters that role-based access control hides from the user: command to parameter names.</summary>
    public Dictionary<string, string[]> HiddenParameters { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>
    /// Commands, counted over the organisation, after which a domain controller still does not know a change that another one took. Each server has a controller of its
    /// own, and <c>-DomainController</c> names another for one command. 0 for controllers that all know everything at once.
    /// </summary>
    public int ReplicationCommands { get; init; }

    /// <summary>Whether a command about a mailbox whose server is newer than the one in use fails, because the newer server does not take it over.</summary>
    public bool FailProxying { get; init; }

    /// <summary>Any identity of the one mailbox that an ordinary user's session sees; null for an administrator's, which sees all.</summary>
    public string? SelfScope { get; init; }

    /// <summary>Container, by distinguished or canonical name, outside which mailboxes and their devices cannot be changed; null for no limit.</summary>
    public string? WriteScope { get; init; }

    /// <summary>What is so on single servers, by short name; a server that is not named is up.</summary>
    public Dictionary<string, ServerOptions> Servers { get; init; } = new(StringComparer.OrdinalIgnoreCase);

    public List<ExchangeFault> Faults { get; init; } = [];

    /// <summary>What is so on one server.</summary>
    public ServerOptions Of(string server) => Servers.TryGetValue(server, out ServerOptions? own) ? own : ServerOptions.Default;

    /// <summary>Reads the options of a state folder; a folder without the file has the defaults.</summary>
    public static ExchangeOptions Load(string stateFolder)
    {
        string path = Path.Combine(stateFolder, FileName);
        if (!File.Exists(path))
            return new ExchangeOptions();

        ExchangeOptions read = JsonSerializer.Deserialize<ExchangeOptions>(File.ReadAllBytes(path), s_json)
            ?? throw new JsonException($"{FileName} holds no options.");

        // Command names are compared as PowerShell compares them, whichever way the file spells them.
        return read with
        {
            CommandLatencyMilliseconds = new(read.CommandLatencyMilliseconds, StringComparer.OrdinalIgnoreCase),
            HiddenParameters = new(read.HiddenParameters, StringComparer.OrdinalIgnoreCase),
            Servers = new(read.Servers, StringComparer.OrdinalIgnoreCase),
        };
    }

    /// <summary>Replaces the options of a state folder in one step: no reader ever sees half a file.</summary>
    public void Save(string stateFolder)
    {
        string path = Path.Combine(stateFolder, FileName);
        string fresh = $"{path}.{Guid.NewGuid():N}";
        File.WriteAllBytes(fresh, JsonSerializer.SerializeToUtf8Bytes(this, s_json));
        File.Move(fresh, path, overwrite: true);
    }
}
