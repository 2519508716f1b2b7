using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Organization;

/// <summary>Finds partnerships by any form of identity. Devices come and go, so the index by GUID proves each answer against the world.</summary>
internal sealed class DeviceIndex(WorldState state, MailboxIndex mailboxes)
{
    private Dictionary<Guid, SandboxPartnership>? _byGuid;
    private int _indexedVersion;

    /// <summary>Every partnership that the identity names.</summary>
    public IReadOnlyList<SandboxPartnership> Find(string identity)
    {
        if (Guid.TryParse(identity, out Guid guid))
            return FindGuid(guid) is { } device ? [device] : [];

        if (ExchangeNames.TrySplitDevicePath(identity, out string owner, out string name) && mailboxes.Find(owner) is >= 0 and int mailbox)
            return Matching(state.World.PartnershipsOf(mailbox), name);

        return Matching(System.Runtime.InteropServices.CollectionsMarshal.AsSpan(state.World.Partnerships), identity);
    }

    private SandboxPartnership? FindGuid(Guid guid)
    {
        if (_byGuid is null)
            Rebuild();

        if (_byGuid!.TryGetValue(guid, out SandboxPartnership? known))
            return state.World.PartnershipsOf(known.MailboxIndex).Contains(known) ? known : null;

        // Not there when the index was made; it may have come since.
        if (_indexedVersion == state.Version)
            return null;
        Rebuild();
        return _byGuid.GetValueOrDefault(guid);
    }

    private void Rebuild()
    {
        _byGuid = new Dictionary<Guid, SandboxPartnership>(state.World.Partnerships.Count);
        foreach (SandboxPartnership device in state.World.Partnerships)
            _byGuid[device.Guid] = device;
        _indexedVersion = state.Version;
    }

    private List<SandboxPartnership> Matching(ReadOnlySpan<SandboxPartnership> devices, string identity)
    {
        List<SandboxPartnership> found = [];
        bool distinguished = identity.StartsWith("CN=", StringComparison.OrdinalIgnoreCase);
        foreach (SandboxPartnership device in devices)
        {
            bool named = distinguished
                ? identity.Equals(ExchangeNames.DeviceDistinguishedName(device, state.World.Mailboxes[device.MailboxIndex]), StringComparison.OrdinalIgnoreCase)
                : identity.Equals(device.DeviceId, StringComparison.OrdinalIgnoreCase)
                    || identity.Equals(ExchangeNames.Device(device), StringComparison.OrdinalIgnoreCase)
                    || identity.Equals(DirectoryNames.EscapeCanonicalStep(ExchangeNames.Device(device)), StringComparison.OrdinalIgnoreCase);
            if (named)
                found.Add(device);
        }

        return found;
    }
}
