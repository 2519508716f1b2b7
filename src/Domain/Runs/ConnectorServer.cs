using System;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>How a server stands as a way in for the connector.</summary>
public enum ServerState
{
    /// <summary>It was not tried yet.</summary>
    Unknown = 0,

    /// <summary>A session with it worked when it was last tried.</summary>
    Healthy = 1,

    /// <summary>It failed when it was last tried; the connector tries it again from time to time.</summary>
    Failed = 2,

    /// <summary>An administrator excluded it.</summary>
    Excluded = 3,

    /// <summary>Its roles or its version offer no session for the connector.</summary>
    Unsuitable = 4,
}

/// <summary>One server of the organisation as a connector sees it.</summary>
public sealed record ConnectorServer
{
    /// <summary>The connector.</summary>
    public required string Connector { get; init; }

    /// <summary>Fully qualified name.</summary>
    public required string Server { get; init; }

    /// <summary>Roles as the organisation prints them.</summary>
    public required string Role { get; init; }

    /// <summary>How it stands.</summary>
    public required ServerState State { get; init; }

    /// <summary>True for the server that the connector works with.</summary>
    public required bool InUse { get; init; }

    /// <summary>True for the server that is tried first, and returned to when it is healthy again.</summary>
    public required bool Preferred { get; init; }

    /// <summary>When a session with it was last tried or worked, UTC; null when never.</summary>
    public DateTimeOffset? LastProbe { get; init; }

    /// <summary>Product and number, for example <c>Exchange Server SE (15.2.2562.17)</c>; null where the organisation did not tell.</summary>
    public string? Version { get; init; }

    /// <summary>Its Active Directory site; null where the organisation did not tell.</summary>
    public string? Site { get; init; }

    /// <summary>Since when it fails, UTC; null when it does not.</summary>
    public DateTimeOffset? FailedSince { get; init; }

    /// <summary>Why it failed, is excluded or unsuitable; null when it is none of these.</summary>
    public string? Detail { get; init; }
}
