using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>A tenant behind Microsoft Graph, looked at before it is relied on.</summary>
/// <param name="client">Sends requests.</param>
/// <param name="addresses">Makes requests.</param>
/// <param name="policy">The policy whose groups have to be readable; null for none.</param>
/// <param name="entries">The Exchange connectors that Intune lists.</param>
/// <param name="clock">The servers' clock.</param>
internal sealed class GraphTenantInspection(GraphClient client, GraphAddresses addresses, AccessPolicy? policy, IExchangeConnectorEntries entries, ServerClock clock) : ITenantInspection
{
    private const int LongestName = 100;

    /// <inheritdoc/>
    public Uri Graph => addresses.Root;

    /// <inheritdoc/>
    public IReadOnlyList<(string Permission, string Purpose)> Permissions => GraphPermissions.Needed;

    /// <inheritdoc/>
    public TimeSpan? ClockSkew => clock.Skew;

    /// <inheritdoc/>
    public Task<IReadOnlyList<IntuneConnectorEntry>> ReadConnectorsAsync(CancellationToken cancellationToken) => entries.ReadConnectorsAsync(cancellationToken);

    /// <inheritdoc/>
    public async Task<TokenFacts> SignInAsync(CancellationToken cancellationToken) =>
        TokenClaims.Read(await client.SignInAsync(cancellationToken).ConfigureAwait(false));

    /// <inheritdoc/>
    public async Task ProveAsync(string permission, CancellationToken cancellationToken)
    {
        foreach (var request in Requests(permission))
        {
            await client.GetAsync(request, static body => GraphPageReader<TenantMember>.ReadAsync(body, static _ => null), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<TenantFacts> ReadTenantAsync(CancellationToken cancellationToken)
    {
        var request = addresses.Organization();
        var page = await client.GetAsync(request, static body => GraphPageReader<TenantFacts>.ReadAsync(body, Tenant), cancellationToken).ConfigureAwait(false);
        return page.Rows.Count == 1 ? page.Rows[0] : throw GraphErrors.Invalid(request, "The answer does not hold one tenant");
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<LicencePool>> ReadLicencesAsync(IReadOnlyCollection<Guid> servicePlans, CancellationToken cancellationToken)
    {
        var page = await client.GetAsync(
            addresses.Subscriptions(),
            body => GraphPageReader<LicencePool>.ReadAsync(body, row => Pool(row, servicePlans)),
            cancellationToken).ConfigureAwait(false);
        return page.Rows;
    }

    private IEnumerable<GraphRequest> Requests(string permission)
    {
        switch (permission)
        {
            case GraphAddresses.DevicePermission:
                return [addresses.ManagedDevices(top: 1)];
            case GraphAddresses.DeviceChangePermission:
                return [addresses.DeviceChangesFromNow()];
            case GraphAddresses.UserPermission:
                return [addresses.Users(top: 1)];
            case GraphAddresses.GroupPermission:
                var groups = policy is null ? [] : new PolicyGroups(policy).All.ToList();
                return groups.Count == 0 ? [addresses.Groups(top: 1)] : groups.Select(group => addresses.Members(group, top: 1));
            default:
                throw new ArgumentOutOfRangeException(nameof(permission), permission, "Nothing proves this permission.");
        }
    }

    private static TenantFacts? Tenant(GraphRow row) => new(
        ServerText.Clean(row.Text("displayName"), LongestName),
        row.Text("mobileDeviceManagementAuthority") is { } authority ? ServerText.Clean(authority, LongestName) : null,
        row.MaybeFlag("onPremisesSyncEnabled"),
        row.Instant("onPremisesLastSyncDateTime"));

    private static LicencePool? Pool(GraphRow row, IReadOnlyCollection<Guid> servicePlans)
    {
        if (!row.Rows("servicePlans").Any(plan => plan.Id("servicePlanId") is { } id && servicePlans.Contains(id))) return null;

        // A subscription in its days of grace still works.
        var isEnabled = row.Text("capabilityStatus") is { } status && (Same(status, "Enabled") || Same(status, "Warning"));
        return new(ServerText.Clean(row.Text("skuPartNumber"), LongestName), isEnabled, row.Row("prepaidUnits")?.Number("enabled") ?? 0, row.Number("consumedUnits"));
    }

    private static bool Same(string left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);
}
