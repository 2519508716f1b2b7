using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>Reads single rows of the tenant anew, twenty to a request. One that does not exist any more is taken out.</summary>
internal sealed class Lookups(GraphReading reading, GraphRows map)
{
    // Beyond this a walk through the whole list takes fewer requests.
    public const int Most = 2000;

    public Task UsersAsync(IReadOnlyCollection<Guid> ids, ChangedRows<Guid, TenantUser> rows, CancellationToken cancellationToken) =>
        ReadAsync([.. ids], reading.Addresses.User, map.User, rows, cancellationToken);

    public Task DevicesAsync(IReadOnlyCollection<string> ids, ChangedRows<string, ManagedDevice> rows, CancellationToken cancellationToken) =>
        ReadAsync([.. ids], reading.Addresses.ManagedDevice, map.Device, rows, cancellationToken);

    private async Task ReadAsync<TKey, T>(
        IReadOnlyList<TKey> ids, Func<TKey, GraphRequest> address, Func<GraphRow, T?> make, ChangedRows<TKey, T> rows, CancellationToken cancellationToken)
        where TKey : notnull
        where T : class
    {
        var requests = ids.Select(address).ToList();
        var answers = await reading.Batch.SendAsync(requests, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < ids.Count; i++)
        {
            if (GraphReading.Single(requests[i], answers[i], make) is { } row) rows.Put(row);
            else rows.Remove(ids[i]);
        }
    }
}
