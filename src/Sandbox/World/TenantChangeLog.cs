using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>
/// What the tenant's directory tells about, in the order it happened. A place in it names a state of the directory, in every
/// process that carried out the same changes. Read it with changes shut out, through <see cref="WorldState.Read{T}"/>.
/// </summary>
public sealed class TenantChangeLog
{
    private readonly List<TenantChange> _changes = [];

    /// <summary>Number of changes so far: the newest state.</summary>
    public int Count => _changes.Count;

    public TenantChange this[int place] => _changes[place];

    internal void Add(TenantChange change) => _changes.Add(change);

    internal void AddDevice(SandboxManagedDevice device, TenantChangeKind kind, params IReadOnlyList<string>? properties)
    {
        if (device.AzureAdDeviceId is { } id) Add(new TenantChange(DirectoryIds.OfDevice(id), device, kind) { Properties = properties });
    }

    internal void AddMembers(SandboxGroup group, params IReadOnlyList<TenantMembership> members)
    {
        if (members.Count > 0) Add(new TenantChange(group.Id, group) { Properties = ["members"], Members = members });
    }
}
