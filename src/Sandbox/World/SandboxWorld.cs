using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>
/// A whole organisation and its tenant. The same options always give the same world, in every process, so that the
/// Exchange endpoint's processes and the Graph endpoint agree without sharing memory.
/// </summary>
public sealed class SandboxWorld
{
    public SandboxWorld()
    {
    }

    /// <summary>Makes room at once, which spares a large world the copies of growing.</summary>
    internal SandboxWorld(int partnerships)
    {
        Partnerships.Capacity = partnerships;
        ManagedDevices.Capacity = partnerships;
    }

    public required WorldOptions Options { get; init; }

    /// <summary>Distinguished name of the organisation container.</summary>
    public required string OrganizationDistinguishedName { get; init; }

    public required string DomainName { get; init; }

    public required Guid TenantId { get; init; }

    public List<SandboxUser> Users { get; } = [];

    public List<SandboxMailbox> Mailboxes { get; } = [];

    /// <summary>In the order of their mailboxes, so that <see cref="PartnershipsOf"/> needs no index.</summary>
    public List<SandboxPartnership> Partnerships { get; } = [];

    public List<SandboxManagedDevice> ManagedDevices { get; } = [];

    /// <summary>Devices that Intune managed once and the directory still knows.</summary>
    public List<SandboxManagedDevice> UnmanagedDevices { get; } = [];

    /// <summary>Ids of registered devices that somebody disabled in the directory.</summary>
    public HashSet<Guid> DisabledDevices { get; } = [];

    /// <summary>Ids of registered devices that somebody deleted from the directory.</summary>
    public HashSet<Guid> DeletedDevices { get; } = [];

    public List<SandboxGroup> Groups { get; } = [];

    public SandboxOrganizationSettings OrganizationSettings { get; } = new();

    public List<SandboxAccessRule> AccessRules { get; } = [];

    public List<SandboxMailboxPolicy> MailboxPolicies { get; } = [];

    public List<SandboxServer> Servers { get; } = [];

    /// <summary>The user of a managed device; null where it has none, or one who is gone.</summary>
    public SandboxUser? OwnerOf(SandboxManagedDevice device) => device.UserIndex >= 0 && Users[device.UserIndex] is { IsDeleted: false } user ? user : null;

    /// <summary>The partnerships of one mailbox, as a slice of <see cref="Partnerships"/>; valid until the next change.</summary>
    public ReadOnlySpan<SandboxPartnership> PartnershipsOf(int mailboxIndex)
    {
        int start = FirstPartnershipAtOrAfter(mailboxIndex);
        int end = start;
        while (end < Partnerships.Count && Partnerships[end].MailboxIndex == mailboxIndex) end++;
        return CollectionsMarshal.AsSpan(Partnerships)[start..end];
    }

    internal int FirstPartnershipAtOrAfter(int mailboxIndex)
    {
        int low = 0;
        int high = Partnerships.Count;
        while (low < high)
        {
            int middle = (low + high) >>> 1;
            if (Partnerships[middle].MailboxIndex < mailboxIndex) low = middle + 1;
            else high = middle;
        }

        return low;
    }
}
