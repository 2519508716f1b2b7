using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>One user of the tenant.</summary>
public sealed class SandboxUser
{
    public required Guid Id { get; init; }

    public required string UserPrincipalName { get; set; }

    public required string DisplayName { get; set; }

    public string? Mail { get; set; }

    public IReadOnlyList<string> ProxyAddresses { get; set; } = [];

    /// <summary>Null for a cloud-only user.</summary>
    public string? OnPremisesDistinguishedName { get; set; }

    public string? OnPremisesSamAccountName { get; set; }

    public string? OnPremisesDomainName { get; init; }

    /// <summary>Base64 of the on-premises object Guid's bytes.</summary>
    public string? OnPremisesImmutableId { get; set; }

    public string? OnPremisesSecurityIdentifier { get; init; }

    public bool HasIntuneLicence { get; set; } = true;

    public bool AccountEnabled { get; set; } = true;

    /// <summary>A deleted user keeps its place, so that the indexes of the others stay true.</summary>
    public bool IsDeleted { get; set; }
}
