namespace IntuneExchangeConnector.Domain.Devices;

/// <summary>What Exchange says of a partnership's access (DeviceAccessState).</summary>
public enum ExchangeAccessState
{
    /// <summary>Not told, or a word this version does not know.</summary>
    Unknown = 0,

    /// <summary>Mail flows.</summary>
    Allowed = 1,

    /// <summary>Refused.</summary>
    Blocked = 2,

    /// <summary>Connected without mail, waiting for an administrator.</summary>
    Quarantined = 3,

    /// <summary>The first minutes of a new device, until Exchange knows its model.</summary>
    DeviceDiscovery = 4,
}

/// <summary>Why Exchange gives that access (DeviceAccessStateReason). The server's list is open: later versions add words.</summary>
public enum ExchangeAccessReason
{
    /// <summary>Not told.</summary>
    Unknown = 0,

    /// <summary>The organisation's default access level.</summary>
    Global = 1,

    /// <summary>A personal list of the mailbox.</summary>
    Individual = 2,

    /// <summary>A device access rule.</summary>
    DeviceRule = 3,

    /// <summary>Transient: the mailbox is being moved.</summary>
    Upgrade = 4,

    /// <summary>The device does not meet its mailbox policy.</summary>
    Policy = 5,

    /// <summary>Any other word, as a rule one of autoblock's; the text is kept beside it. Transient.</summary>
    Other = 6,
}
