namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>The kind of a run.</summary>
public enum SyncKind
{
    /// <summary>Everything, the organisation's settings included.</summary>
    Full = 0,

    /// <summary>Devices only.</summary>
    Quick = 1,

    /// <summary>No sync: what somebody ordered for single entries or devices.</summary>
    Command = 2,
}

/// <summary>How a run ended.</summary>
public enum SyncStatus
{
    /// <summary>Exchange agrees with every decision.</summary>
    Succeeded = 0,

    /// <summary>Applied, and some changes failed or were skipped; they are named.</summary>
    SucceededWithErrors = 1,

    /// <summary>Nothing was written: the read or the plan is doubtful.</summary>
    Held = 2,

    /// <summary>The run broke off; what it wrote is recorded.</summary>
    Failed = 3,

    /// <summary>Nothing was written because only a plan was asked for.</summary>
    Planned = 4,
}
