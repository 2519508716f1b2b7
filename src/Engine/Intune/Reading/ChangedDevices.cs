using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>
/// The managed devices as they are now. Intune has no list of changes of its own: what a device's compliance became without a check-in is
/// told by Entra, every check-in and enrolment by Intune's filter on check-ins, and a device that left without a trace is missed in the count.
/// </summary>
internal sealed class ChangedDevices(GraphReading reading, AccessPolicy policy, TenantMemory known, ChangeLinks links, WholeLists lists)
{
    private readonly GraphRows _map = new(policy.LicencePlans);

    /// <summary>Reads them.</summary>
    /// <param name="told">The changes that Entra told; null where it told none.</param>
    /// <param name="checkIns">The answer to the question about check-ins.</param>
    /// <param name="count">Intune's own count; null where it gave none.</param>
    /// <param name="touched">Ids of further devices that may have changed; null for all.</param>
    /// <param name="at">The instant, UTC.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<TenantSide<ManagedDevice>> ReadAsync(
        WalkedList<ChangedRow>? told,
        (GraphRequest Request, BatchAnswer Answer) checkIns,
        int? count,
        IReadOnlyList<string>? touched,
        DateTimeOffset at,
        CancellationToken cancellationToken)
    {
        if (told is null || touched is null) return await WholeAsync(count, at, cancellationToken).ConfigureAwait(false);
        var ids = told.Rows.Where(static row => row.DeviceId is not null).Select(static row => row.DeviceId!.Value).Distinct().ToList();
        // An object that left Entra is told by an id that Intune does not know, so which managed device it was cannot be told.
        if (told.Rows.Exists(static row => row.IsRemoved) || ids.Count + touched.Count > Lookups.Most) return await WholeAsync(count, at, cancellationToken).ConfigureAwait(false);

        var rows = new ChangedRows<string, ManagedDevice>(known.Devices, static device => device.Id, Same);
        var seen = await reading.WalkAsync(checkIns.Request, checkIns.Answer, _map.Device, cancellationToken).ConfigureAwait(false);
        foreach (var device in seen.Rows) rows.Put(device);
        if (seen.Cut is not null || seen.Shortage is not null || seen.Unreadable.Count > 0 || !await LookUpAsync(ids, rows, cancellationToken).ConfigureAwait(false))
        {
            return await WholeAsync(count, at, cancellationToken).ConfigureAwait(false);
        }

        await new Lookups(reading, _map).DevicesAsync(touched, rows, cancellationToken).ConfigureAwait(false);
        var (devices, changes) = rows.Finish();
        var excess = count - devices.Count;
        if (excess != known.Checkpoint.CountExcess)
        {
            reading.Console.Verbose(FormattableString.Invariant(
                $"Intune counts {count?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "no"} managed devices where {devices.Count} are known; they are read whole."));
            return await WholeAsync(count, at, cancellationToken).ConfigureAwait(false);
        }

        return new TenantSide<ManagedDevice>
        {
            Rows = devices,
            Changes = changes,
            Link = told.DeltaLink,
            NewestCheckIn = CheckIns.Newest(seen.Rows, known.Checkpoint.NewestCheckIn, at),
            CountExcess = excess,
        };
    }

    // The connector's state does not keep words for compliance, so a row that was remembered lacks one.
    internal static bool Same(ManagedDevice left, ManagedDevice right) => left == right with { ComplianceText = left.ComplianceText };

    // False where an answer cannot be relied on: Intune answers a filter that it does not take with everything.
    private async Task<bool> LookUpAsync(List<Guid> ids, ChangedRows<string, ManagedDevice> rows, CancellationToken cancellationToken)
    {
        if (ids.Count == 0) return true;
        var byEntra = known.Devices.Where(static device => device.EntraDeviceId is not null).ToLookup(static device => device.EntraDeviceId!.Value);
        var requests = ids.ConvertAll(reading.Addresses.ManagedDevicesOf);
        var answers = await reading.Batch.SendAsync(requests, cancellationToken).ConfigureAwait(false);
        for (var i = 0; i < ids.Count; i++)
        {
            var list = await reading.WalkAsync(requests[i], answers[i], _map.Device, cancellationToken).ConfigureAwait(false);
            if (list.Cut is not null || list.Unreadable.Count > 0 || list.Rows.Exists(device => device.EntraDeviceId != ids[i])) return false;
            foreach (var device in byEntra[ids[i]]) rows.Remove(device.Id);
            foreach (var device in list.Rows) rows.Put(device);
        }

        return true;
    }

    private async Task<TenantSide<ManagedDevice>> WholeAsync(int? count, DateTimeOffset at, CancellationToken cancellationToken)
    {
        var link = await links.FromNowAsync([reading.Addresses.DeviceChangesFromNow()], cancellationToken).ConfigureAwait(false);
        var list = await lists.DevicesAsync().ConfigureAwait(false);
        return new TenantSide<ManagedDevice>
        {
            Rows = list.Rows,
            Link = link[0],
            Unreadable = list.Unreadable,
            Incomplete = list.Incomplete,
            NewestCheckIn = CheckIns.Newest(list.Rows, null, at),
            CountExcess = count - list.Rows.Count,
        };
    }
}
