using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>Which identities a machine has, and how its token endpoint behaves.</summary>
public sealed record ManagedIdentityOptions
{
    /// <summary>True: the machine has an identity of its own.</summary>
    public bool HasSystemIdentity { get; init; } = true;

    /// <summary>Client ids of the identities that were assigned to it.</summary>
    public IReadOnlyList<Guid> Assigned { get; init; } = [];

    /// <summary>How long its tokens live.</summary>
    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Statuses with which the next requests are refused before the endpoint answers again.</summary>
    public IReadOnlyList<int> Failures { get; init; } = [];
}
