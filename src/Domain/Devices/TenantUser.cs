using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Domain.Devices;

/// <summary>One user of the tenant, with the names by which an on-premises mailbox is joined to it.</summary>
public sealed record TenantUser
{
    /// <summary>Graph's id of the user.</summary>
    public required Guid Id { get; init; }

    /// <summary>User principal name.</summary>
    public required string UserPrincipalName { get; init; }

    /// <summary>Distinguished name in the on-premises directory; null for a cloud-only user.</summary>
    public string? OnPremisesDistinguishedName { get; init; }

    /// <summary>The on-premises object's Guid, read from <c>onPremisesImmutableId</c>; null where that holds something else.</summary>
    public Guid? OnPremisesObjectGuid { get; init; }

    /// <summary>On-premises logon name; null for a cloud-only user.</summary>
    public string? OnPremisesSamAccountName { get; init; }

    /// <summary>DNS name of the on-premises domain; null for a cloud-only user.</summary>
    public string? OnPremisesDomainName { get; init; }

    /// <summary>SMTP proxy addresses, without prefix.</summary>
    public IReadOnlyList<string> SmtpAddresses { get; init; } = [];

    /// <summary>True when one of the policy's service plans is enabled for the user.</summary>
    public bool IsLicensed { get; init; }
}
