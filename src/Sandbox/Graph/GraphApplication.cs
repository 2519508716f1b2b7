using System;
using System.Collections.Generic;
using System.Security.Cryptography.X509Certificates;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>One app registration of the tenant.</summary>
public sealed record GraphApplication(Guid ClientId)
{
    public string? Secret { get; init; }

    /// <summary>Registered certificates; only their public halves are used.</summary>
    public IReadOnlyList<X509Certificate2> Certificates { get; init; } = [];

    /// <summary>The application permissions that an administrator consented to; for people the delegated ones.</summary>
    public IReadOnlyList<string> Roles { get; init; } = GraphRoles.Everything;

    /// <summary>Whether people may sign in without a secret, by device code.</summary>
    public bool AllowsPublicClient { get; init; } = true;
}
