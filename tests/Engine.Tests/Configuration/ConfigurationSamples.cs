using System;
using System.Linq;
using CsCheck;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Settings;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Configuration;

internal static class ConfigurationSamples
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    // Without control characters, which XML cannot hold, and without spaces at the ends, which nobody means.
    private static readonly Gen<string> s_text = Gen.OneOf(
        Gen.String[Gen.Char[' ', '~'], 1, 40],
        Gen.String[Gen.OneOf('<', '>', '&', '"', '\'', ']', ']', '>', '§', 'ß', 'İ', '\u2028', '\uFFFD', '/', '\n', '\r', '\t'), 1, 20],
        Gen.Const("x 📱 ]]> <!-- <?xml ?> &amp; " + new string('y', 300)));

    private static readonly Gen<string> s_trimmed = s_text.Select(text => text.Trim()).Where(text => text.Length > 0);
    private static readonly Gen<string?> s_optional = s_trimmed.Null();
    private static readonly Gen<string> s_name = Gen.String[Gen.OneOf('a', 'Z', '9', '-', '_', 'é', 'x', ' ', '.'), 1, 60].Select(text => "c" + text + "c");
    private static readonly Gen<Uri?> s_https = Gen.OneOf(new Uri("https://ex.contoso.com/EWS/Exchange.asmx?a=1&b=%20"), new Uri("http://localhost:8080/x"), new Uri("https://[::1]:444/")).Null();

    public static readonly Gen<AccessPolicy> Policy = Gen.Select(
        Gen.Select(Gen.Bool.Array[6], Gen.Enum<WantedAccessLevel>(), Gen.Enum<MissingCompliancePolicy>(), Gen.Enum<DeviceRulePrecedence>(), Gen.Enum<UserMismatch>(), Gen.Enum<AllowEntry>(), Gen.Enum<OutlookServiceAccess>()),
        Gen.Select(s_trimmed.Array[0, 4], s_trimmed.Array[0, 4], Gen.Guid.Array[0, 3]),
        Gen.Select(Gen.TimeSpan.Where(span => span >= TimeSpan.Zero), s_text.Null(), Gen.Int.NonNegative, Gen.Double[0, 100], Gen.Int.NonNegative),
        (words, lists, numbers) => new AccessPolicy
        {
            Enabled = words.Item1[0],
            OverrideDefaultRule = words.Item1[1],
            RequireEasActivation = words.Item1[2],
            OverrideAdministratorEntry = words.Item1[3],
            RequireLicence = words.Item1[4],
            DefaultAccessLevel = words.Item2,
            MissingCompliancePolicy = words.Item3,
            DeviceRulePrecedence = words.Item4,
            UserMismatch = words.Item5,
            AllowEntry = words.Item6,
            OutlookService = words.Item7,
            IncludedGroups = lists.Item1,
            ExcludedGroups = lists.Item2,
            LicencePlans = lists.Item3,
            LeftoverAfter = numbers.Item1,
            NotificationContent = numbers.Item2,
            FuseMinimum = numbers.Item3,
            FusePercent = numbers.Item4,
            FuseDaily = numbers.Item5,
        });

    private static readonly Gen<WantedMailboxPolicy> s_mailboxPolicy = Gen.Select(
        s_trimmed,
        Gen.Bool.Nullable(),
        Gen.OneOf(0, 4, 16).Nullable(),
        Gen.OneOf(TimeSpan.Zero, TimeSpan.FromDays(30)).Nullable(),
        Gen.Enum<AgeFilter>().Nullable(),
        s_trimmed.Array[0, 3],
        static (name, flag, attempts, expiration, age, mailboxes) => new WantedMailboxPolicy
        {
            Name = name,
            Mailboxes = mailboxes,
            Settings = new MailboxPolicySettings { AllowCamera = flag, MaxPasswordFailedAttempts = attempts, PasswordExpiration = expiration, MaxEmailAgeFilter = age },
        });

    public static readonly Gen<WantedConfiguration> Wanted = Gen.Select(
        Gen.Select(
            Gen.OneOf(RuleCharacteristic.DeviceType, RuleCharacteristic.DeviceModel, RuleCharacteristic.DeviceOS, RuleCharacteristic.UserAgent), s_trimmed, Gen.Enum<ExchangeAccessLevel>(),
            static (characteristic, query, level) => new WantedAccessRule(characteristic, query, level)).Array[0, 4],
        s_mailboxPolicy.Array[0, 3],
        Gen.Bool,
        Gen.Select(s_text.Null(), Gen.OneOf(null, string.Empty, "Call us"), s_trimmed.Array[0, 3].Null()),
        static (rules, policies, targeted, texts) => new WantedConfiguration
        {
            Rules = [.. rules.DistinctBy(static rule => OwnedObject.RuleName(rule.Characteristic, rule.QueryString), StringComparer.OrdinalIgnoreCase)],
            Policies = [.. policies.DistinctBy(static policy => policy.Name, StringComparer.OrdinalIgnoreCase).Select((policy, i) => i == 0 && targeted ? policy with { AssignTo = PolicyAssignment.Targeted } : policy)],
            Organization = new WantedOrganizationSettings { UserMailInsert = texts.Item1, OtaNotificationMailInsert = texts.Item2, AdminMailRecipients = texts.Item3 },
        });

    public static readonly Gen<ConnectorSettings> Settings = Gen.Select(
        Gen.Select(s_name, s_trimmed, s_optional, Gen.Bool, Gen.Bool, s_https, Gen.DateTimeOffset, Gen.Select(s_optional, s_trimmed.Array[0, 3], Gen.Int[1, 64], Gen.Enum<ExchangeAuthentication>())),
        Gen.Select(Gen.Enum<ExchangeEntrance>(), s_optional, Gen.OneOf(new Uri("http://ex1.contoso.com/PowerShell/"), new Uri("pipe://sandbox-1/x")).Null(), s_optional, s_optional, Gen.Int[1, 65535].Nullable()),
        Gen.Select(s_trimmed, s_trimmed, Gen.Enum<SignInMethod>(), s_optional, s_optional, Gen.Enum<CloudEnvironment>(), s_https, s_https),
        Policy,
        Wanted,
        (connector, exchange, tenant, policy, wanted) => new ConnectorSettings
        {
            Name = connector.Item1,
            Organization = connector.Item2,
            NotificationMailbox = connector.Item3,
            FailoverEnabled = connector.Item4,
            ParallelCommandsEnabled = connector.Item5,
            ExchangeWebServiceUrl = connector.Item6,
            InstalledAt = connector.Item7.ToUniversalTime(),
            PreferredServer = connector.Item8.Item1,
            ExcludedServers = connector.Item8.Item2,
            MaximumSessions = connector.Item8.Item3,
            Exchange = new ExchangeSettings
            {
                Entrance = exchange.Item1,
                Server = exchange.Item2,
                Uri = exchange.Item3,
                Authentication = connector.Item8.Item4,
                UserName = exchange.Item4,
                ProxyServer = exchange.Item5,
                ProxyPort = exchange.Item6,
            },
            Tenant = new TenantSettings
            {
                TenantId = tenant.Item1,
                ClientId = tenant.Item2,
                Method = tenant.Item3,
                CertificateThumbprint = tenant.Item4,
                CertificatePath = tenant.Item5,
                Environment = tenant.Item6,
                GraphEndpoint = tenant.Item7,
                LoginEndpoint = tenant.Item8,
            },
            Policy = policy,
            Wanted = wanted,
        });

    public static ConnectorSettings Connector(string name = "Default") => new()
    {
        Name = name,
        Organization = "CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=com",
        InstalledAt = Noon,
        Exchange = new ExchangeSettings { Entrance = ExchangeEntrance.OwnSession, Server = "ex1.contoso.com", Uri = new Uri("http://ex1.contoso.com/PowerShell/"), UserName = "CONTOSO\\svc" },
        Tenant = new TenantSettings { TenantId = "contoso.onmicrosoft.com", ClientId = "7f1b", Method = SignInMethod.CertificateFile, CertificatePath = "/etc/connector.pfx" },
    };

    public static void AssertEqual(ConnectorSettings expected, ConnectorSettings actual)
    {
        AssertEqual(expected.Policy, actual.Policy);
        AssertEqual(expected.Wanted, actual.Wanted);
        Assert.Equal(expected.ExchangeWebServiceUrl?.OriginalString, actual.ExchangeWebServiceUrl?.OriginalString);
        Assert.Equal(expected.ExcludedServers, actual.ExcludedServers);
        Assert.Equal(expected, actual with { Policy = expected.Policy, Wanted = expected.Wanted, ExcludedServers = expected.ExcludedServers });
    }

    public static void AssertEqual(WantedConfiguration expected, WantedConfiguration actual)
    {
        Assert.Equal(expected.Rules.OrderBy(static rule => rule.ToString(), StringComparer.Ordinal), actual.Rules.OrderBy(static rule => rule.ToString(), StringComparer.Ordinal));
        Assert.Equal(expected.Policies.Select(Text).Order(StringComparer.Ordinal), actual.Policies.Select(Text).Order(StringComparer.Ordinal));
        Assert.Equal(expected.Organization.AdminMailRecipients, actual.Organization.AdminMailRecipients);
        Assert.Equal(expected.Organization, actual.Organization with { AdminMailRecipients = expected.Organization.AdminMailRecipients });

        static string Text(WantedMailboxPolicy policy) => $"{policy.Name} {policy.AssignTo} {policy.Settings} [{string.Join('|', policy.Mailboxes)}]";
    }

    public static void AssertEqual(AccessPolicy expected, AccessPolicy actual)
    {
        Assert.Equal(expected.IncludedGroups, actual.IncludedGroups);
        Assert.Equal(expected.ExcludedGroups, actual.ExcludedGroups);
        Assert.Equal(expected.LicencePlans, actual.LicencePlans);
        Assert.Equal(expected, actual with { IncludedGroups = expected.IncludedGroups, ExcludedGroups = expected.ExcludedGroups, LicencePlans = expected.LicencePlans });
    }
}
