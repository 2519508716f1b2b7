using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>What the tenant says of itself.</summary>
public sealed record GraphOrganization
{
    /// <summary>Who manages its devices: intune, office365, sccm, unknown; null leaves it out.</summary>
    public string? MdmAuthority { get; init; } = "intune";

    /// <summary>Null for a tenant that never had users from Active Directory.</summary>
    public bool? IsSynchronised { get; init; } = true;

    /// <summary>How long ago users came the last time.</summary>
    public TimeSpan SyncAge { get; init; } = TimeSpan.FromMinutes(17);

    public IReadOnlyList<GraphSubscription> Subscriptions { get; init; } =
        [new("EMS", 5_000, 4_211) { HasIntune = true }, new("EXCHANGESTANDARD", 300, 12)];
}

/// <summary>What the tenant bought, and how much of it is given to users.</summary>
public sealed record GraphSubscription(string Part, int Enabled, int Consumed)
{
    public bool HasIntune { get; init; }

    /// <summary>Enabled, Warning, Suspended, Deleted or LockedOut.</summary>
    public string Capability { get; init; } = "Enabled";
}
