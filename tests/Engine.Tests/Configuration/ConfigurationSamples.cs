using System;
using CsCheck;
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

    public static readonly Gen<ConnectorSettings> Settings = Gen.Select(
        Gen.Select(s_name, s_trimmed, s_optional, Gen.Bool, Gen.Bool, s_https, Gen.DateTimeOffset),
        Gen.Select(Gen.Enum<ExchangeEntrance>(), s_optional, Gen.OneOf(new Uri("http://ex1.contoso.com/PowerShell/"), new Uri("pipe://sandbox-1/x")).Null(), s_optional, s_optional, Gen.Int[1, 65535].Nullable()),
        Gen.Select(s_trimmed, s_trimmed, Gen.Enum<SignInMethod>(), s_optional, s_optional, Gen.Enum<CloudEnvironment>(), s_https, s_https),
        Policy,
        (connector, exchange, tenant, policy) => new ConnectorSettings
        {
            Name = connector.Item1,
            Organization = connector.Item2,
            NotificationMailbox = connector.Item3,
            FailoverEnabled = connector.Item4,
            ParallelCommandsEnabled = connector.Item5,
            ExchangeWebServiceUrl = connector.Item6,
            InstalledAt = connector.Item7.ToUniversalTime(),
            Exchange = new ExchangeSettings
            {
                Entrance = exchange.Item1,
                Server = exchange.Item2,
                Uri = exchange.Item3,
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
        Assert.Equal(expected.ExchangeWebServiceUrl?.OriginalString, actual.ExchangeWebServiceUrl?.OriginalString);
        Assert.Equal(expected, actual with { Policy = expected.Policy });
    }

    public static void AssertEqual(AccessPolicy expected, AccessPolicy actual)
    {
        Assert.Equal(expected.IncludedGroups, actual.IncludedGroups);
        Assert.Equal(expected.ExcludedGroups, actual.ExcludedGroups);
        Assert.Equal(expected.LicencePlans, actual.LicencePlans);
        Assert.Equal(expected, actual with { IncludedGroups = expected.IncludedGroups, ExcludedGroups = expected.ExcludedGroups, LicencePlans = expected.LicencePlans });
    }
}
