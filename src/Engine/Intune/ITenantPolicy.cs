using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Policy.Import;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>
/// The tenant as the access policy needs it: groups and their names, and what is left of the policy of Intune's own Exchange connector.
/// Every failure is a <see cref="Domain.Errors.ConnectorException"/>.
/// </summary>
public interface ITenantPolicy
{
    /// <summary>Reads the old policy.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>What the tenant holds; a half that it does not hold is null.</returns>
    Task<LegacyPolicy> ReadLegacyPolicyAsync(CancellationToken cancellationToken);

    /// <summary>Finds groups by name.</summary>
    /// <param name="displayName">The name, whole; letter case does not matter.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The groups that have it; ten at most.</returns>
    Task<IReadOnlyList<TenantGroup>> FindGroupsAsync(string displayName, CancellationToken cancellationToken);

    /// <summary>Reads groups.</summary>
    /// <param name="ids">Their ids.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Those that exist.</returns>
    Task<IReadOnlyList<TenantGroup>> ReadGroupsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken);
}
