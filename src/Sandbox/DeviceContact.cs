using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Sandbox.Exchange.Organization;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox;

/// <summary>What happens when a device contacts its server: it becomes a partnership if it is none, hears of a wipe, and syncs if Exchange lets it.</summary>
internal static class DeviceContact
{
    public static IEnumerable<WorldMutation> Of(SandboxWorld world, int mailbox, string deviceType, string deviceId, DateTimeOffset at)
    {
        SandboxMailbox owner = world.Mailboxes[mailbox];
        SandboxPartnership? device = world.PartnershipsOf(mailbox).ToArray()
            .FirstOrDefault(d => Same(d.DeviceType, deviceType) && Same(d.DeviceId, deviceId));
        return device switch
        {
            null => [new PartnershipAdded(Guid.NewGuid(), owner.Guid, deviceType, deviceId) { At = at }],
            { WipeRequestTime: not null, WipeSentTime: null } => [new PartnershipChanged(device.Guid) { At = at, WipeSentTime = at, InMailboxOnly = true }],
            { WipeSentTime: not null, WipeAcknowledgedTime: null } => [new PartnershipChanged(device.Guid) { At = at, WipeAcknowledgedTime = at, InMailboxOnly = true }],
            _ when DeviceAccess.Evaluate(world, owner, device).State == "Allowed" => [new PartnershipChanged(device.Guid) { At = at, LastSuccessSync = at, InMailboxOnly = true }],
            _ => [],
        };
    }

    private static bool Same(string one, string other) => one.Equals(other, StringComparison.OrdinalIgnoreCase);
}
