namespace IntuneExchangeConnector.Sandbox.Exchange.Objects;

/// <summary>The type chains by which clients recognise Exchange's objects, the most derived first.</summary>
internal static class TypeNames
{
    private const string Configuration = "Microsoft.Exchange.Data.Directory.SystemConfiguration.";
    private const string Presentation = "Microsoft.Exchange.Data.Directory.Management.";

    private static readonly string[] s_directoryObject =
        ["Microsoft.Exchange.Data.Directory.ADObject", "Microsoft.Exchange.Data.Directory.ADRawEntry", "Microsoft.Exchange.Data.ConfigurableObject"];

    public static string[] MobileDevice { get; } = [Configuration + "MobileDevice", Configuration + "ADConfigurationObject", .. s_directoryObject];

    public static string[] ActiveSyncDevice { get; } = [Configuration + "ActiveSyncDevice", .. MobileDevice];

    public static string[] AccessRule { get; } = ConfigurationObject("ActiveSyncDeviceAccessRule");

    public static string[] DeviceClass { get; } = ConfigurationObject("ActiveSyncDeviceClass");

    public static string[] OrganizationSettings { get; } = ConfigurationObject("ActiveSyncOrganizationSettings");

    public static string[] MailboxPolicy { get; } = ConfigurationObject("MobileMailboxPolicy");

    public static string[] ThrottlingPolicy { get; } = ConfigurationObject("ThrottlingPolicy");

    public static string[] ThrottlingPolicyAssociation { get; } = [Configuration + "ThrottlingPolicyAssociation", .. s_directoryObject];

    public static string[] CasMailbox { get; } = PresentationObject("CASMailbox");

    public static string[] Recipient { get; } = PresentationObject("ReducedRecipient");

    public static string[] Server { get; } = PresentationObject("ExchangeServer");

    public static string[] MobileStatistics { get; } = ["Microsoft.Exchange.Management.Tasks.MobileDeviceConfiguration", "Microsoft.Exchange.Data.ConfigurableObject"];

    public static string[] ActiveSyncStatistics { get; } = ["Microsoft.Exchange.Management.Tasks.ActiveSyncDeviceConfiguration", .. MobileStatistics];

    public static string[] RoleEntry { get; } = ["Microsoft.Exchange.Data.Directory.SystemConfiguration.CmdletRoleEntry"];

    private static string[] ConfigurationObject(string name) => [Configuration + name, Configuration + "ADConfigurationObject", .. s_directoryObject];

    private static string[] PresentationObject(string name) => [Presentation + name, Presentation + "ADPresentationObject", .. s_directoryObject];
}
