namespace IntuneExchangeConnector.Sandbox.Exchange;

/// <summary>What a fault does to the command or the connection that it hits.</summary>
public enum ExchangeFaultKind
{
    /// <summary>The session's process ends without a word, as when a worker process is recycled.</summary>
    DropSession,

    /// <summary>The command fails with <see cref="ExchangeFault.Error"/>.</summary>
    Error,

    /// <summary>The command is slowed down and says so in a warning, as a throttling budget does.</summary>
    MicroDelay,

    /// <summary>The command never answers; only stopping it ends it.</summary>
    Hang,

    /// <summary>The whole server goes down with this command: see <see cref="ExchangeFault.UpAfterCommands"/> and <see cref="ExchangeFault.UpAfterConnections"/>.</summary>
    ServerDown,

    /// <summary>The connection is refused because the user has too many sessions.</summary>
    RefuseSession,

    /// <summary>The connection is refused as by a server that is down.</summary>
    RefuseConnection,

    /// <summary>The connection is taken and never answered.</summary>
    HangConnection,
}

/// <summary>An error that Exchange is known to give; the name of the exception follows from it.</summary>
public enum ExchangeErrorKind
{
    ManagementObjectNotFound,
    ManagementObjectAmbiguous,
    ADConstraintViolation,
    ADTransient,
    ADOperation,
    CmdletProxy,
}

/// <summary>
/// One fault. Calls are counted over the whole organisation, not per session, so that a client which reconnects and repeats
/// its command meets the fault as often as <see cref="Times"/> says and no more. Connections are counted in the same way.
/// </summary>
public sealed record ExchangeFault
{
    public required ExchangeFaultKind Kind { get; init; }

    /// <summary>Short name of the server to hit; null counts what happens on any.</summary>
    public string? Server { get; init; }

    /// <summary>Name of the command to hit; null counts every Exchange command. Connections have none.</summary>
    public string? Command { get; init; }

    /// <summary>The call, or connection, that is hit first, counted from 1.</summary>
    public int Call { get; init; } = 1;

    /// <summary>How many in a row are hit.</summary>
    public int Times { get; init; } = 1;

    /// <summary>After so many calls the count begins anew, so that the fault comes and goes; 0 for a fault that comes once.</summary>
    public int Every { get; init; }

    /// <summary>For <see cref="ExchangeFaultKind.DropSession"/>: the answer's objects that still leave before the drop.</summary>
    public int AfterObjects { get; init; }

    /// <summary>For <see cref="ExchangeFaultKind.DropSession"/>, <see cref="ExchangeFaultKind.Hang"/> and <see cref="ExchangeFaultKind.ServerDown"/>: strikes when the
    /// command has taken effect and before its answer is complete.</summary>
    public bool AfterEffect { get; init; }

    public ExchangeErrorKind Error { get; init; } = ExchangeErrorKind.ADTransient;

    /// <summary>For <see cref="ExchangeFaultKind.MicroDelay"/>: the delay.</summary>
    public int DelayMilliseconds { get; init; }

    /// <summary>For <see cref="ExchangeFaultKind.ServerDown"/>: the commands that the other servers execute before this one is back; 0 does not bring it back.</summary>
    public int UpAfterCommands { get; init; }

    /// <summary>For <see cref="ExchangeFaultKind.ServerDown"/>: the connections that are refused before the server is back; 0 does not bring it back.</summary>
    public int UpAfterConnections { get; init; }

    internal bool IsOfConnections => Kind is ExchangeFaultKind.RefuseSession or ExchangeFaultKind.RefuseConnection or ExchangeFaultKind.HangConnection;

    internal bool Hits(int call)
    {
        int at = Every > 0 ? (call - 1) % Every + 1 : call;
        return at >= Call && at - Call < Times;
    }
}
