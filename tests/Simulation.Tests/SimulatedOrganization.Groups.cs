using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Policy.Import;
using IntuneExchangeConnector.Engine.Intune;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>The tenant's groups. It never had another connector.</summary>
internal sealed partial class SimulatedOrganization : ITenantPolicy
{
    public Task<LegacyPolicy> ReadLegacyPolicyAsync(CancellationToken cancellationToken) => Task.FromResult(new LegacyPolicy(null, null));

    public Task<IReadOnlyList<TenantGroup>> FindGroupsAsync(string displayName, CancellationToken cancellationToken) =>
        Task.FromResult(Groups(group => group.DisplayName.Equals(displayName, StringComparison.OrdinalIgnoreCase)));

    public Task<IReadOnlyList<TenantGroup>> ReadGroupsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken) =>
        Task.FromResult(Groups(group => ids.Contains(group.Id)));

    private IReadOnlyList<TenantGroup> Groups(Func<TenantGroup, bool> matches) =>
        [.. World.Groups.Where(group => !group.IsDeleted).Select(group => new TenantGroup(group.Id, group.DisplayName)).Where(matches)];
}
