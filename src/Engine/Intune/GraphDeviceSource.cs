using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>The tenant behind Microsoft Graph.</summary>
internal sealed partial class GraphDeviceSource : IManagedDeviceSource
{
    // Each list is a chain of pages, so a few side by side fill the line without spending the tenant's allowance at once.
    private const int ListsAtOnce = 4;

    private readonly GraphHttp _http;
    private readonly ITokenSource _tokens;
    private readonly GraphClient _client;
    private readonly GraphAddresses _addresses;
    private readonly AccessPolicy? _probedPolicy;

    /// <summary>Creates a source that owns what sends and where tokens come from.</summary>
    /// <param name="http">What sends.</param>
    /// <param name="tokens">Where tokens come from.</param>
    /// <param name="client">Sends requests.</param>
    /// <param name="addresses">Makes requests.</param>
    /// <param name="probedPolicy">The policy whose groups are proven when connecting; null for none.</param>
    public GraphDeviceSource(GraphHttp http, ITokenSource tokens, GraphClient client, GraphAddresses addresses, AccessPolicy? probedPolicy)
    {
        _http = http;
        _tokens = tokens;
        _client = client;
        _addresses = addresses;
        _probedPolicy = probedPolicy;
    }

    /// <inheritdoc/>
    public int RequestsSent => _http.RequestsSent;

    /// <inheritdoc/>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await ProbeAsync(_addresses.ManagedDevices(top: 1), cancellationToken).ConfigureAwait(false);
        await ProbeAsync(_addresses.Users(top: 1), cancellationToken).ConfigureAwait(false);
        if (_probedPolicy is null) return;
        foreach (var group in new PolicyGroups(_probedPolicy).All)
        {
            await ProbeAsync(_addresses.Members(group, top: 1), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public async Task<TenantSnapshot> ReadAsync(AccessPolicy policy, ISyncConsole console, CancellationToken cancellationToken)
    {
        var groups = new PolicyGroups(policy);
        using var cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var lanes = new SemaphoreSlim(ListsAtOnce, ListsAtOnce);
        var walk = new ListWalk(new GraphPages(_client), lanes, cancellation);
        var people = new SharedProgress(console, SyncStage.ReadUsers);
        var rows = new GraphRows(policy.LicencePlans);

        // Groups first: they are short, and a group that is gone fails the run before the long lists are read.
        var members = groups.All.ToDictionary(
            static group => group,
            group => walk.ReadAsync(_addresses.Members(group), GraphRows.Member, static member => member.Id, null, (page, _, _) => people.Add(page)));
        var users = walk.ReadAsync(_addresses.Users(), rows.User, static user => user.Id, null, (page, _, _) => people.Add(page));
        var devices = walk.ReadAsync(
            _addresses.ManagedDevices(),
            new GraphRows(policy.LicencePlans).Device,
            static device => device.Id,
            Newer,
            (_, read, total) => console.Report(new SyncProgress(SyncStage.ReadManagedDevices, read, total)));

        await Task.WhenAll(members.Values.Cast<Task>().Append(users).Append(devices)).ConfigureAwait(false);
        var deviceList = await devices.ConfigureAwait(false);
        var userList = await users.ConfigureAwait(false);
        var memberLists = new Dictionary<Guid, ListRead<TenantMember>>();
        foreach (var pair in members) memberLists.Add(pair.Key, await pair.Value.ConfigureAwait(false));
        console.Report(new SyncProgress(SyncStage.ReadManagedDevices, deviceList.Rows.Count, deviceList.Rows.Count, Completed: true));
        people.Complete();

        return new TenantSnapshot
        {
            ManagedDevices = deviceList.Rows,
            Users = userList.Rows,
            IncludedUsers = groups.IncludesEverybody ? null : Union(groups.Included, memberLists),
            ExcludedUsers = groups.ExcludesEverybody ? [.. userList.Rows.Select(static user => user.Id)] : Union(groups.Excluded, memberLists),
            Unreadable = [.. deviceList.Unreadable, .. userList.Unreadable, .. memberLists.Values.SelectMany(static list => list.Unreadable)],
            Incomplete = Join([deviceList.Incomplete, userList.Incomplete, .. memberLists.Values.Select(static list => list.Incomplete)]),
        };
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _tokens.Dispose();
        _http.Dispose();
    }

    private static ManagedDevice Newer(ManagedDevice first, ManagedDevice second) =>
        Nullable.Compare(second.LastSync, first.LastSync) >= 0 ? second : first;

    private static HashSet<Guid> Union(IEnumerable<Guid> groups, Dictionary<Guid, ListRead<TenantMember>> members) =>
        [.. groups.SelectMany(group => members[group].Rows).Select(static member => member.Id)];

    private static string? Join(IEnumerable<string?> causes)
    {
        var text = string.Join(" ", causes.Where(static cause => cause is not null));
        return text.Length == 0 ? null : text;
    }

    private Task<GraphPage<TenantMember>> ProbeAsync(GraphRequest request, CancellationToken cancellationToken) =>
        _client.GetAsync(request, static body => GraphPageReader<TenantMember>.ReadAsync(body, static _ => null), cancellationToken);
}
