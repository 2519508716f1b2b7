using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>One user of the tenant.</summary>
public sealed class SandboxUser
{
    public required Guid Id { get; init; }

    public required string UserPrincipalName { get; init; }

    public required string DisplayName { get; init; }

    public string? Mail { get; init; }

    public IReadOnlyList<string> ProxyAddresses { get; init; } = [];

    /// <summary>Null for a cloud-only user.</summary>
    public string? OnPremisesDistinguishedName { get; init; }

    public string? OnPremisesSamAccountName { get; init; }

    public string? OnPremisesDomainName { get; init; }

    /// <summary>Base64 of the on-premises object Guid's bytes.</summary>
    public string? OnPremisesImmutableId { get; init; }

    public string? OnPremisesSecurityIdentifier { get; init; }

    public bool HasIntuneLicence { get; set; } = true;

    public bool AccountEnabled { get; set; } = true;
}
