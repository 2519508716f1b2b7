using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>What a token says of itself. Whether it is good is Graph's business.</summary>
/// <param name="Permissions">Its application permissions and delegated scopes, sorted; null for an opaque token.</param>
/// <param name="IsDelegated">True for a token of a person.</param>
/// <param name="Expires">When it ends, UTC; null where it does not tell.</param>
public sealed record TokenFacts(IReadOnlyList<string>? Permissions, bool IsDelegated, DateTimeOffset? Expires);

/// <summary>What the tenant says of itself.</summary>
/// <param name="Name">Its name.</param>
/// <param name="MdmAuthority">Who manages its devices: <c>intune</c> and others; null where it does not tell.</param>
/// <param name="IsSynchronised">Whether users come from Active Directory; null where it never was so.</param>
/// <param name="LastSync">When they last came, UTC; null for never.</param>
public sealed record TenantFacts(string Name, string? MdmAuthority, bool? IsSynchronised, DateTimeOffset? LastSync);

/// <summary>A subscription that holds a service plan.</summary>
/// <param name="Name">Its part number, for example <c>EMS</c>.</param>
/// <param name="IsEnabled">Whether it is in force.</param>
/// <param name="Enabled">Licences bought.</param>
/// <param name="Consumed">Licences given to users.</param>
public sealed record LicencePool(string Name, bool IsEnabled, int Enabled, int Consumed);

/// <summary>
/// The tenant as a check of prerequisites sees it. Every failure is a <see cref="Domain.Errors.ConnectorException"/>.
/// </summary>
public interface ITenantInspection
{
    /// <summary>Graph's address, which answers whoever asks.</summary>
    Uri Graph { get; }

    /// <summary>The permissions that a sync needs, each with what for.</summary>
    IReadOnlyList<(string Permission, string Purpose)> Permissions { get; }

    /// <summary>This computer's time minus the servers'; null before they answered.</summary>
    TimeSpan? ClockSkew { get; }

    /// <summary>Signs in.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the token says; never the token.</returns>
    Task<TokenFacts> SignInAsync(CancellationToken cancellationToken);

    /// <summary>Proves a permission by asking for what it opens.</summary>
    /// <param name="permission">One of <see cref="Permissions"/>, or the one of quick syncs.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when Graph answered.</returns>
    Task ProveAsync(string permission, CancellationToken cancellationToken);

    /// <summary>Reads the tenant's own settings.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The settings.</returns>
    Task<TenantFacts> ReadTenantAsync(CancellationToken cancellationToken);

    /// <summary>Reads the subscriptions that hold one of some service plans.</summary>
    /// <param name="servicePlans">Ids of service plans.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The subscriptions.</returns>
    Task<IReadOnlyList<LicencePool>> ReadLicencesAsync(IReadOnlyCollection<Guid> servicePlans, CancellationToken cancellationToken);

    /// <summary>Reads the Exchange connectors that Intune lists.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The entries.</returns>
    Task<IReadOnlyList<IntuneConnectorEntry>> ReadConnectorsAsync(CancellationToken cancellationToken);
}
