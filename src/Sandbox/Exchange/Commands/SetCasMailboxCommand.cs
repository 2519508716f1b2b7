using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Set-CASMailbox</c>: both personal lists, the EAS switch and the policy of a mailbox, all in one change.</summary>
[Cmdlet(VerbsCommon.Set, "CASMailbox", SupportsShouldProcess = true)]
public sealed class SetCasMailboxCommand : ExchangeWriteCommand
{
    // Reasons that Exchange's own automatic blocking gives. Upgrades and discovery are none of its business.
    private static readonly HashSet<string> s_notAutomatic = ["Upgrade", "Unknown"];

    private protected override IReadOnlyCollection<string> Supported { get; } =
    [
        "Identity", "ActiveSyncAllowedDeviceIDs", "ActiveSyncBlockedDeviceIDs", "ActiveSyncEnabled", "ActiveSyncMailboxPolicy",
        "ResetAutoBlockedDevices", "DomainController", "IgnoreDefaultScope",
    ];

    private protected override void Write(BoundArguments arguments)
    {
        int index = Directory.MailboxIndex(arguments.Text("Identity")!);
        SandboxMailbox mailbox = World.Mailboxes[index];
        Directory.RequireServedHere(mailbox, CommandName);
        string? policy = arguments.Has("ActiveSyncMailboxPolicy")
            ? arguments.Text("ActiveSyncMailboxPolicy") is { Length: > 0 } named ? Directory.Policy(named).Name : string.Empty
            : null;
        ListChange? allowed = arguments.Has("ActiveSyncAllowedDeviceIDs") ? ListChange.Of(arguments.Value("ActiveSyncAllowedDeviceIDs")) : null;
        ListChange? blocked = arguments.Has("ActiveSyncBlockedDeviceIDs") ? ListChange.Of(arguments.Value("ActiveSyncBlockedDeviceIDs")) : null;
        if (!ShouldProcess(mailbox.Identity))
            return;

        Directory.RequireWritable(mailbox);
        bool changed = false;
        Directory.Change((world, at) =>
        {
            List<WorldMutation> mutations = [];
            MailboxChanged change = new(mailbox.Guid)
            {
                At = at,
                ClearAllowed = allowed is { Overwrites: true },
                AddAllowed = allowed?.Added,
                RemoveAllowed = allowed?.Removed,
                ClearBlocked = blocked is { Overwrites: true },
                AddBlocked = blocked?.Added,
                RemoveBlocked = blocked?.Removed,
                ActiveSyncEnabled = arguments.Boolean("ActiveSyncEnabled"),
                MailboxPolicy = policy,
            };
            if (Changes(mailbox, change, allowed, blocked))
                mutations.Add(change);
            if (arguments.Switch("ResetAutoBlockedDevices"))
                mutations.AddRange(Released(world, index, at));
            changed = mutations.Count > 0;
            return mutations;
        });

        if (!changed)
            WriteWarning(ExchangeTexts.NothingModified(mailbox.Identity));
    }

    private static bool Changes(SandboxMailbox mailbox, MailboxChanged change, ListChange? allowed, ListChange? blocked) =>
        Differs(mailbox.AllowedDeviceIds, allowed)
        || Differs(mailbox.BlockedDeviceIds, blocked)
        || (change.ActiveSyncEnabled is { } enabled && enabled != mailbox.ActiveSyncEnabled)
        || (change.MailboxPolicy is { } policy && policy != (mailbox.MailboxPolicy ?? string.Empty));

    private static bool Differs(List<string> current, ListChange? change) =>
        change is not null && !change.ApplyTo(current).SequenceEqual(current, StringComparer.Ordinal);

    private static IEnumerable<WorldMutation> Released(SandboxWorld world, int mailbox, DateTimeOffset at) =>
        world.PartnershipsOf(mailbox).ToArray()
            .Where(d => d.TransientState == "Blocked" && d.TransientReason is { } reason && !s_notAutomatic.Contains(reason))
            .Select(d => new PartnershipChanged(d.Guid) { At = at, TransientState = string.Empty, TransientReason = string.Empty });
}
