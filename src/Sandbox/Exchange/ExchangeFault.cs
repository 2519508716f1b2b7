namespace IntuneExchangeConnector.Sandbox.Exchange;

/// <summary>What a fault does to the command that it hits.</summary>
public enum ExchangeFaultKind
{
    /// <summary>The session's process ends without a word, as when a server restarts.</summary>
    DropSession,

    /// <summary>The command fails with <see cref="ExchangeFault.Error"/>.</summary>
    Error,

    /// <summary>The command is slowed down and says so in a warning, as a throttling budget does.</summary>
    MicroDelay,
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
/// its command meets the fault as often as <see cref="Times"/> says and no more.
/// </summary>
public sealed record ExchangeFault
{
    public required ExchangeFaultKind Kind { get; init; }

    /// <summary>Name of the command to hit; null counts every Exchange command.</summary>
    public string? Command { get; init; }

    /// <summary>The call that is hit first, counted from 1.</summary>
    public int Call { get; init; } = 1;

    /// <summary>How many calls in a row are hit.</summary>
    public int Times { get; init; } = 1;

    /// <summary>For <see cref="ExchangeFaultKind.DropSession"/>: the answer's objects that still leave before the drop.</summary>
    public int AfterObjects { get; init; }

    public ExchangeErrorKind Error { get; init; } = ExchangeErrorKind.ADTransient;

    /// <summary>For <see cref="ExchangeFaultKind.MicroDelay"/>: the delay.</summary>
    public int DelayMilliseconds { get; init; }
}
