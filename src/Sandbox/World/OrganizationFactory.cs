using System;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>The parts of an organisation that every world has once: servers, policies, access rules, settings.</summary>
internal static class OrganizationFactory
{
    public static void Fill(WorldBuilder builder)
    {
        SandboxWorld world = builder.World;
        var random = builder.Random(EntityKind.Configuration, 0);
        DateTimeOffset changed = builder.Now - TimeSpan.FromDays(400);

        ServerFactory.Fill(builder, ref random);

        world.OrganizationSettings.DefaultAccessLevel = builder.Options.DefaultAccessLevel;
        world.OrganizationSettings.AdminMailRecipients.Add($"postmaster@{world.DomainName}");
        world.OrganizationSettings.WhenChanged = changed;

        world.MailboxPolicies.Add(Policy(WorldNames.DefaultPolicy, isDefault: true, minimumLength: 4, changed, ref random));
        world.MailboxPolicies.Add(Policy(WorldNames.ExecutivePolicy, isDefault: false, minimumLength: 8, changed, ref random));

        AddRule(builder, "DeviceType", "OutlookService", "Allow", ref random);
        AddRule(builder, "DeviceOS", DeviceCatalogue.AgedPhone.Os!, "Block", ref random);
        AddRule(builder, "DeviceModel", "iPod5C1", "Quarantine", ref random);
        AddRule(builder, "UserAgent", "TouchDown(MSRPC)/7.1.0005", "Block", ref random);
        if (builder.Options.HostileText) AddRule(builder, "DeviceModel", HostileCast.Texts[0], "Block", ref random);
    }

    private static void AddRule(WorldBuilder builder, string characteristic, string query, string level, ref EntityRandom random) =>
        builder.World.AccessRules.Add(new SandboxAccessRule
        {
            Guid = random.NextGuid(),
            Characteristic = characteristic,
            QueryString = query,
            AccessLevel = level,
            WhenChanged = builder.Now - TimeSpan.FromDays(300),
        });

    private static SandboxMailboxPolicy Policy(string name, bool isDefault, int minimumLength, DateTimeOffset changed, ref EntityRandom random)
    {
        var policy = new SandboxMailboxPolicy { Guid = random.NextGuid(), Name = name, IsDefault = isDefault, WhenChanged = changed };
        policy.Settings["AllowNonProvisionableDevices"] = isDefault;
        policy.Settings["AllowSimpleDevicePassword"] = isDefault;
        policy.Settings["AlphanumericDevicePasswordRequired"] = !isDefault;
        policy.Settings["DevicePasswordEnabled"] = true;
        policy.Settings["MinDevicePasswordLength"] = (long)minimumLength;
        policy.Settings["MaxDevicePasswordFailedAttempts"] = "8";
        policy.Settings["MaxInactivityTimeDeviceLock"] = "00:15:00";
        policy.Settings["RequireDeviceEncryption"] = !isDefault;
        return policy;
    }
}
