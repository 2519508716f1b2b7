namespace IntuneExchangeConnector.Engine.Exchange.Faults;

/// <summary>What a failure on the Exchange side is, whatever the server's language.</summary>
internal enum ExchangeFaultKind
{
    /// <summary>The server's own failure; repeating the command does not help.</summary>
    Other = 0,

    /// <summary>The credentials are refused.</summary>
    Authentication,

    /// <summary>The account may not do it.</summary>
    AccessDenied,

    /// <summary>The object does not exist.</summary>
    NotFound,

    /// <summary>The server asks to slow down, or has no session left.</summary>
    Throttled,

    /// <summary>Passes by itself: a domain controller that did not answer, a time-out.</summary>
    Transient,

    /// <summary>No connection could be made.</summary>
    Unreachable,

    /// <summary>The connection broke.</summary>
    SessionLost,

    /// <summary>The session took a command and gave no sign of life since.</summary>
    Silent,

    /// <summary>The session does not offer the cmdlet.</summary>
    CmdletMissing,

    /// <summary>The session does not offer a parameter of the cmdlet.</summary>
    ParameterMissing,

    /// <summary>The server handed the command on to one of another version, and that failed.</summary>
    Proxy,

    /// <summary>The endpoint takes commands only, and took this one for a script.</summary>
    NoLanguage,
}

/// <summary>A failure, told apart.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The server's text, bounded and without control characters.</param>
internal sealed record ExchangeFault(ExchangeFaultKind Kind, string Text)
{
    /// <summary>True when the same command may succeed a moment later on a session that is open.</summary>
    public bool IsTransient => Kind is ExchangeFaultKind.Transient or ExchangeFaultKind.Throttled;

    /// <summary>True when the session, not the command, is what failed.</summary>
    public bool IsOfSession => Kind is ExchangeFaultKind.SessionLost or ExchangeFaultKind.Silent or ExchangeFaultKind.Unreachable;
}
