using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>Reads lists of the tenant from their beginning to their end, several side by side.</summary>
internal sealed class WholeLists : IDisposable
{
    // Each list is a chain of pages, so a few side by side fill the line without spending the tenant's allowance at once.
    private const int ListsAtOnce = 4;

    private readonly GraphReading _reading;
    private readonly AccessPolicy _policy;
    private readonly CancellationTokenSource _cancellation;
    private readonly SemaphoreSlim _lanes = new(ListsAtOnce, ListsAtOnce);
    private readonly ListWalk _walk;
    private readonly SharedProgress _people;

    public WholeLists(GraphReading reading, AccessPolicy policy, CancellationToken cancellationToken)
    {
        _reading = reading;
        _policy = policy;
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _walk = new ListWalk(reading.Pages, _lanes, _cancellation);
        _people = new SharedProgress(reading.Console, SyncStage.ReadUsers);
    }

    public async Task<ListRead<TenantMember>> MembersAsync(Guid group) => Tell(
        await _walk.ReadAsync(_reading.Addresses.Members(group), GraphRows.Member, static member => member.Id, null, (page, _, _) => _people.Add(page)).ConfigureAwait(false));

    public async Task<ListRead<TenantUser>> UsersAsync() => Tell(
        await _walk.ReadAsync(_reading.Addresses.Users(), new GraphRows(_policy.LicencePlans).User, static user => user.Id, null, (page, _, _) => _people.Add(page)).ConfigureAwait(false));

    public async Task<ListRead<ManagedDevice>> DevicesAsync()
    {
        var list = await _walk.ReadAsync(
            _reading.Addresses.ManagedDevices(),
            new GraphRows(_policy.LicencePlans).Device,
            static device => device.Id,
            Newer,
            (_, read, total) => _reading.Console.Report(new SyncProgress(SyncStage.ReadManagedDevices, read, total))).ConfigureAwait(false);
        _reading.Console.Report(new SyncProgress(SyncStage.ReadManagedDevices, list.Rows.Count, list.Rows.Count, Completed: true));
        return Tell(list);
    }

    /// <summary>Says that nobody else will be read.</summary>
    public void CompletePeople() => _people.Complete();

    public void Dispose()
    {
        _cancellation.Dispose();
        _lanes.Dispose();
    }

    private ListRead<T> Tell<T>(ListRead<T> list)
    {
        if (list.Borne is { } borne) _reading.Console.Warning($"{borne} It did so twice, so the count is taken for wrong; whoever would lose mail because of what is missing is looked up first.");
        return list;
    }

    private static ManagedDevice Newer(ManagedDevice first, ManagedDevice second) =>
        Nullable.Compare(second.LastSync, first.LastSync) >= 0 ? second : first;
}
