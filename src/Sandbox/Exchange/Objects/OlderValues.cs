using System;

// These values travel with their depth: their type names, numbers and parts are what a client sees, so each stands in the namespace that Exchange's own has.
namespace Microsoft.Exchange.Data.Directory.SystemConfiguration
{
    /// <summary>What a device may do.</summary>
    public enum DeviceAccessState
    {
        Unknown,
        Allowed,
        Blocked,
        Quarantined,
        DeviceDiscovery,
    }

    /// <summary>Why, as far as the older release knows reasons.</summary>
    public enum DeviceAccessStateReason
    {
        Unknown,
        Global,
        Individual,
        DeviceRule,
        Upgrade,
        Policy,
    }

    /// <summary>What a server does for the organisation.</summary>
    [Flags]
    public enum ServerRole
    {
        None = 0,
        Mailbox = 2,
        ClientAccess = 4,
        UnifiedMessaging = 16,
        HubTransport = 32,
        Edge = 64,
    }
}

namespace Microsoft.Exchange.Data
{
    /// <summary>A server's version in parts.</summary>
    public sealed class ServerVersion(Version version, string text)
    {
        public int Major => version.Major;

        public int Minor => version.Minor;

        public int Build => version.Build;

        public int Revision => version.Revision;

        public override string ToString() => text;
    }
}

namespace Microsoft.Exchange.Data.Directory
{
    /// <summary>An object's name with what lies behind it.</summary>
    public sealed class ADObjectId(string text, string? distinguishedName, Guid objectGuid)
    {
        public string Name { get; } = text[(text.LastIndexOf('/') + 1)..];

        /// <summary>Null for a link that only the object's name was kept of.</summary>
        public string? DistinguishedName => distinguishedName;

        public Guid ObjectGuid => objectGuid;

        public string Rdn => $"CN={Name}";

        public bool IsDeleted => false;

        public override string ToString() => text;
    }
}
