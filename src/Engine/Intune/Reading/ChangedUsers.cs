using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>The users as they are now.</summary>
internal sealed class ChangedUsers(GraphReading reading, AccessPolicy policy, TenantMemory known, ChangeLinks links, WholeLists lists)
{
    /// <summary>Reads them.</summary>
    /// <param name="told">The changes that Graph told; null where it told none.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async Task<TenantSide<TenantUser>> ReadAsync(WalkedList<ChangedRow>? told, CancellationToken cancellationToken)
    {
        var ids = told?.Rows.Select(static row => row.Id).Distinct().ToList();
        if (ids is null || ids.Count > Lookups.Most) return await WholeAsync(cancellationToken).ConfigureAwait(false);

        var rows = new ChangedRows<Guid, TenantUser>(known.Users, static user => user.Id, Same);
        await new Lookups(reading, new GraphRows(policy.LicencePlans)).UsersAsync(ids, rows, cancellationToken).ConfigureAwait(false);
        var (users, changes) = rows.Finish();
        return new TenantSide<TenantUser> { Rows = users, Changes = changes, Link = told!.DeltaLink };
    }

    private async Task<TenantSide<TenantUser>> WholeAsync(CancellationToken cancellationToken)
    {
        var link = await links.FromNowAsync([reading.Addresses.UserChangesFromNow()], cancellationToken).ConfigureAwait(false);
        var list = await lists.UsersAsync().ConfigureAwait(false);
        var counts = new TenantCounts(reading);
        var (_, counted) = await counts.ReadAsync(cancellationToken).ConfigureAwait(false);
        return new TenantSide<TenantUser> { Rows = list.Rows, Link = link[0], Unreadable = list.Unreadable, Incomplete = counts.Missing(list, counted) };
    }

    internal static bool Same(TenantUser left, TenantUser right) =>
        left == right with { SmtpAddresses = left.SmtpAddresses } && left.SmtpAddresses.SequenceEqual(right.SmtpAddresses, StringComparer.Ordinal);
}

/// <summary>One of the tenant's lists as it is now.</summary>
/// <typeparam name="T">The row.</typeparam>
internal sealed record TenantSide<T>
    where T : class
{
    public required IReadOnlyList<T> Rows { get; init; }

    /// <summary>What changed; null where the list was read whole.</summary>
    public IReadOnlyList<RowChange<T>>? Changes { get; init; }

    /// <summary>Where to ask what changes from here on.</summary>
    public string? Link { get; init; }

    public IReadOnlyList<UnreadableRow> Unreadable { get; init; } = [];

    public string? Incomplete { get; init; }

    /// <summary>Of managed devices the newest check-in.</summary>
    public DateTimeOffset? NewestCheckIn { get; init; }

    /// <summary>Of managed devices by how much Intune's count exceeds the list.</summary>
    public int? CountExcess { get; init; }
}
