namespace IntuneExchangeConnector.Domain.Prerequisites;

/// <summary>What came of a check.</summary>
public enum PrerequisiteStatus
{
    /// <summary>Proven.</summary>
    Passed = 0,

    /// <summary>Works, and something should be looked at.</summary>
    Warning = 1,

    /// <summary>Proven not to be so.</summary>
    Failed = 2,

    /// <summary>Not looked at; the proof says why.</summary>
    Skipped = 3,
}

/// <summary>What a check is about.</summary>
public enum PrerequisiteArea
{
    /// <summary>The computer that the connector runs on.</summary>
    Computer = 0,

    /// <summary>The way to the servers.</summary>
    Network = 1,

    /// <summary>The Exchange organisation and the account's rights in it.</summary>
    Exchange = 2,

    /// <summary>Sending notices to users.</summary>
    Mail = 3,

    /// <summary>The tenant and the application's permissions in it.</summary>
    Tenant = 4,
}

/// <summary>One requirement, with what was seen of it.</summary>
public sealed record PrerequisiteCheck
{
    /// <summary>Stable id of the check, one of <see cref="PrerequisiteIds"/>; rows of one check differ in their target.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about.</summary>
    public required PrerequisiteArea Area { get; init; }

    /// <summary>The check's name, for people.</summary>
    public required string Check { get; init; }

    /// <summary>What was looked at: a server, a cmdlet, a permission, a folder.</summary>
    public required string Target { get; init; }

    /// <summary>What came of it.</summary>
    public required PrerequisiteStatus Status { get; init; }

    /// <summary>What was seen: a value, a version, a server's own text. Text of servers is text only.</summary>
    public required string Proof { get; init; }

    /// <summary>What to do next, with the command where there is one; empty where nothing has to be done.</summary>
    public string Remedy { get; init; } = string.Empty;

    /// <summary>True when an installation stops at the failure of this check.</summary>
    public bool IsRequired { get; init; }
}
