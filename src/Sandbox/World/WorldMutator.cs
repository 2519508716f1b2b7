using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>
/// Carries changes into a world. A change of something that is no longer there does nothing: two processes may have removed the
/// same partnership, and both lines stay in the log.
/// </summary>
internal sealed class WorldMutator(SandboxWorld world, TenantChangeLog log)
{
    private readonly Dictionary<Guid, int> _mailboxes = [];
    private readonly Dictionary<Guid, int> _users = [];

    public void Apply(WorldMutation mutation)
    {
        switch (mutation)
        {
            case MailboxChanged change: Apply(change); break;
            case OrganizationSettingsChanged change: Apply(change); break;
            case PartnershipAdded change: Apply(change); break;
            case PartnershipChanged change: Apply(change); break;
            case PartnershipRemoved change: world.Partnerships.RemoveAll(p => p.Guid == change.Partnership); break;
            case UserAdded change: Apply(change); break;
            case UserChanged change when UserIndex(change.User) is >= 0 and int user: UserMutator.Apply(world.Users[user], change, log); break;
            case UserRemoved change when UserIndex(change.User) is >= 0 and int user: UserMutator.Remove(world, user, change.Permanently, log); break;
            case UserChanged or UserRemoved: break;
            case ManagedDeviceAdded or ManagedDeviceChanged or ManagedDeviceRemoved or DirectoryDeviceChanged or DirectoryDeviceRemoved:
                ManagedDeviceMutator.Apply(world, mutation, UserIndex, log);
                break;
            case GroupAdded or GroupChanged or GroupRemoved: GroupMutator.Apply(world, mutation, UserIndex, log); break;
            default: ConfigurationMutator.Apply(world, mutation); break;
        }
    }

    private void Apply(MailboxChanged change)
    {
        if (MailboxIndex(change.Mailbox) is not (>= 0 and int index)) return;
        SandboxMailbox mailbox = world.Mailboxes[index];
        ChangeList(mailbox.AllowedDeviceIds, change.ClearAllowed, change.AddAllowed, change.RemoveAllowed);
        ChangeList(mailbox.BlockedDeviceIds, change.ClearBlocked, change.AddBlocked, change.RemoveBlocked);
        mailbox.ActiveSyncEnabled = change.ActiveSyncEnabled ?? mailbox.ActiveSyncEnabled;
        mailbox.MailboxPolicy = Change.Text(mailbox.MailboxPolicy, change.MailboxPolicy);
        mailbox.WhenChanged = change.At;
    }

    private static void ChangeList(List<string> list, bool clear, IReadOnlyList<string>? add, IReadOnlyList<string>? remove)
    {
        if (clear) list.Clear();
        foreach (string id in remove ?? []) list.RemoveAll(entry => string.Equals(entry, id, StringComparison.OrdinalIgnoreCase));
        foreach (string id in add ?? [])
        {
            if (!list.Exists(entry => string.Equals(entry, id, StringComparison.OrdinalIgnoreCase))) list.Add(id);
        }
    }

    private void Apply(OrganizationSettingsChanged change)
    {
        SandboxOrganizationSettings settings = world.OrganizationSettings;
        settings.DefaultAccessLevel = change.DefaultAccessLevel ?? settings.DefaultAccessLevel;
        settings.UserMailInsert = Change.Text(settings.UserMailInsert, change.UserMailInsert);
        settings.OtaNotificationMailInsert = Change.Text(settings.OtaNotificationMailInsert, change.OtaNotificationMailInsert);
        settings.AllowAccessForUnSupportedPlatform = change.AllowAccessForUnSupportedPlatform ?? settings.AllowAccessForUnSupportedPlatform;
        if (change.AdminMailRecipients is not null)
        {
            settings.AdminMailRecipients.Clear();
            settings.AdminMailRecipients.AddRange(change.AdminMailRecipients);
        }

        settings.WhenChanged = change.At;
    }

    private void Apply(PartnershipAdded change)
    {
        if (MailboxIndex(change.Mailbox) is not (>= 0 and int index)) return;
        world.Partnerships.Insert(world.FirstPartnershipAtOrAfter(index + 1), new SandboxPartnership
        {
            Guid = change.Partnership,
            MailboxIndex = index,
            DeviceType = change.DeviceType,
            DeviceId = change.DeviceId,
            DeviceModel = change.DeviceModel,
            DeviceOS = change.DeviceOS,
            DeviceUserAgent = change.DeviceUserAgent,
            FriendlyName = change.FriendlyName,
            FirstSyncTime = change.At,
            LastSuccessSync = change.At,
            WhenChanged = change.At,
            TransientState = change.TransientState,
            TransientReason = change.TransientReason,
        });
    }

    private void Apply(PartnershipChanged change)
    {
        SandboxPartnership? partnership = world.Partnerships.Find(p => p.Guid == change.Partnership);
        if (partnership is null) return;
        partnership.TransientState = Change.Text(partnership.TransientState, change.TransientState);
        partnership.TransientReason = Change.Text(partnership.TransientReason, change.TransientReason);
        partnership.PolicyNotMet = change.PolicyNotMet ?? partnership.PolicyNotMet;
        partnership.DeviceModel = Change.Text(partnership.DeviceModel, change.DeviceModel);
        partnership.DeviceOS = Change.Text(partnership.DeviceOS, change.DeviceOS);
        partnership.DeviceUserAgent = Change.Text(partnership.DeviceUserAgent, change.DeviceUserAgent);
        partnership.LastSuccessSync = change.LastSuccessSync ?? partnership.LastSuccessSync;
        partnership.WipeRequestTime = change.CancelWipe ? null : change.WipeRequestTime ?? partnership.WipeRequestTime;
        partnership.WipeSentTime = change.CancelWipe ? null : change.WipeSentTime ?? partnership.WipeSentTime;
        partnership.WipeAcknowledgedTime = change.CancelWipe ? null : change.WipeAcknowledgedTime ?? partnership.WipeAcknowledgedTime;
        partnership.WipeRequestor = change.CancelWipe ? null : Change.Text(partnership.WipeRequestor, change.WipeRequestor);
        partnership.WipeAccountOnly = !change.CancelWipe && (change.WipeAccountOnly ?? partnership.WipeAccountOnly);
        if (!change.InMailboxOnly) partnership.WhenChanged = change.At;
    }

    private void Apply(UserAdded change)
    {
        if (UserIndex(change.User) >= 0) return;
        UserMutator.Add(world, change, log);
        _users[change.User] = world.Users.Count - 1;
    }

    /// <summary>Built at the first change that needs it: a world that nobody changes pays nothing.</summary>
    private int MailboxIndex(Guid guid)
    {
        if (_mailboxes.Count == 0)
        {
            for (int i = 0; i < world.Mailboxes.Count; i++) _mailboxes[world.Mailboxes[i].Guid] = i;
        }

        return _mailboxes.TryGetValue(guid, out int index) ? index : -1;
    }

    private int UserIndex(Guid id)
    {
        if (_users.Count == 0)
        {
            for (int i = 0; i < world.Users.Count; i++) _users[world.Users[i].Id] = i;
        }

        return _users.TryGetValue(id, out int index) && !world.Users[index].IsDeleted ? index : -1;
    }
}
