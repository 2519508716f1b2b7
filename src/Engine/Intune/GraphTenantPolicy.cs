using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Policy.Import;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>The tenant's groups and its old policy, behind Microsoft Graph.</summary>
/// <param name="client">Sends requests.</param>
/// <param name="addresses">Makes requests.</param>
internal sealed class GraphTenantPolicy(GraphClient client, GraphAddresses addresses) : ITenantPolicy
{
    private const int LongestName = 256;

    private const int GroupsAtOnce = 4;

    /// <inheritdoc/>
    public async Task<LegacyPolicy> ReadLegacyPolicyAsync(CancellationToken cancellationToken)
    {
        var access = await ReadAsync(addresses.LegacyAccess(), LegacyPolicyRows.Access, cancellationToken).ConfigureAwait(false);
        var exchange = await ReadAsync(addresses.LegacyExchange(), LegacyPolicyRows.Exchange, cancellationToken).ConfigureAwait(false);
        return new LegacyPolicy(access, exchange);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TenantGroup>> FindGroupsAsync(string displayName, CancellationToken cancellationToken)
    {
        var page = await client.GetAsync(
            addresses.GroupsNamed(displayName),
            body => GraphPageReader<TenantGroup>.ReadAsync(body, static row => Group(row)),
            cancellationToken).ConfigureAwait(false);

        // A filter that the server ignores answers with everything.
        return [.. page.Rows.Where(group => string.Equals(group.DisplayName, Clean(displayName), StringComparison.OrdinalIgnoreCase))];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<TenantGroup>> ReadGroupsAsync(IReadOnlyCollection<Guid> ids, CancellationToken cancellationToken)
    {
        using var lanes = new SemaphoreSlim(GroupsAtOnce, GroupsAtOnce);
        var groups = await Task.WhenAll(ids.Distinct().Select(id => ReadGroupAsync(id, lanes, cancellationToken))).ConfigureAwait(false);
        return [.. groups.OfType<TenantGroup>()];
    }

    private async Task<TenantGroup?> ReadGroupAsync(Guid id, SemaphoreSlim lanes, CancellationToken cancellationToken)
    {
        await lanes.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await client.GetAsync(addresses.Group(id), static body => GraphEntity.ReadAsync(body, Group), cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectorException e) when (e.ErrorId == ErrorIds.GroupNotFound)
        {
            return null;
        }
        finally
        {
            lanes.Release();
        }
    }

    private async Task<T?> ReadAsync<T>(GraphRequest request, Func<GraphRow, T> map, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await client.GetAsync(request, body => GraphEntity.ReadAsync(body, map), cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectorException e) when (e.ErrorId == ErrorIds.LegacyPolicyNotFound)
        {
            return null;
        }
    }

    private static TenantGroup Group(GraphRow row) => new(row.RequiredId("id"), Clean(row.Text("displayName")));

    private static string Clean(string? name) => ServerText.Clean(name, LongestName);
}
