using System;

namespace IntuneExchangeConnector.Domain.Organization;

/// <summary>A server of the organisation with what a connector remembers of it from run to run.</summary>
public sealed record KnownServer
{
    /// <summary>The server as the organisation listed it last.</summary>
    public required ExchangeServer Server { get; init; }

    /// <summary>True for the server that the connector works with.</summary>
    public bool InUse { get; init; }

    /// <summary>When a session with it was last tried or worked, UTC; null when never.</summary>
    public DateTimeOffset? LastProbe { get; init; }

    /// <summary>Since when it fails, UTC; null when it does not, or was never tried.</summary>
    public DateTimeOffset? FailedSince { get; init; }

    /// <summary>Why it failed; null when it does not.</summary>
    public string? Failure { get; init; }
}
