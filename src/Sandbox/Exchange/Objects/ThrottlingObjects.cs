using IntuneExchangeConnector.Sandbox.Exchange.Organization;

namespace IntuneExchangeConnector.Sandbox.Exchange.Objects;

/// <summary>The one throttling policy of an organisation whose administrators set no budgets.</summary>
internal static class ThrottlingObjects
{
    private const string Unlimited = "Unlimited";

    public static string PolicyName => "GlobalThrottlingPolicy";

    /// <summary>The row's value is the number of sessions that one user may open.</summary>
    public static ObjectShape<ConfigurationRow<int>> Policy { get; } = new(
        TypeNames.ThrottlingPolicy,
        [
            new("ThrottlingPolicyScope", static _ => "Global"),
            new("IsServiceAccount", static _ => false),
            new("PowerShellMaxConcurrency", static r => Text(r.Value)),
            new("PowerShellMaxBurst", static _ => Unlimited),
            new("PowerShellRechargeRate", static _ => Unlimited),
            new("PowerShellCutoffBalance", static _ => Unlimited),
            new("PowerShellMaxTenantConcurrency", static _ => Unlimited),
            new("PowerShellMaxOperations", static _ => Unlimited),
            new("PowerShellMaxCmdletsTimePeriod", static _ => Unlimited),
            new("ExchangeMaxCmdlets", static _ => Unlimited),
            new("PowerShellMaxCmdletQueueDepth", static _ => Unlimited),
            new("PowerShellMaxDestructiveCmdlets", static _ => Unlimited),
            new("PowerShellMaxDestructiveCmdletsTimePeriod", static _ => Unlimited),
            new("PowerShellMaxCmdlets", static _ => Unlimited),
            new("PowerShellMaxRunspaces", static _ => Unlimited),
            new("PowerShellMaxTenantRunspaces", static _ => Unlimited),
            new("PowerShellMaxRunspacesTimePeriod", static _ => Unlimited),
            new("PswsMaxConcurrency", static r => Text(r.Value)),
            new("EasMaxConcurrency", static _ => "10"),
            new("EasMaxBurst", static _ => "480000"),
            new("EasRechargeRate", static _ => "1800000"),
            new("EasCutoffBalance", static _ => "600000"),
            new("EasMaxDevices", static _ => "100"),
            new("EasMaxDeviceDeletesPerMonth", static _ => Unlimited),
            new("EasMaxInactivityForDeviceCleanup", static _ => Unlimited),
            .. DirectoryColumns.Of<ConfigurationRow<int>>(static r => ConfigurationObjects.Facts(
                r.Directory,
                PolicyName,
                r.Directory.Names.ThrottlingPolicyDistinguishedName(PolicyName),
                StableGuid.Of(PolicyName),
                "ms-Exch-Throttling-Policy",
                r.Directory.World.OrganizationSettings.WhenChanged)),
        ]);

    /// <summary>No mailbox has a policy of its own, so every association is to nothing and the global policy applies.</summary>
    public static ObjectShape<MailboxRow> Association { get; } = new(
        TypeNames.ThrottlingPolicyAssociation,
        [
            new("ObjectId", static r => r.Mailbox.Identity),
            new("ThrottlingPolicyId", static _ => null),
            .. DirectoryColumns.Of<MailboxRow>(static r => r.Facts),
        ]);

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
