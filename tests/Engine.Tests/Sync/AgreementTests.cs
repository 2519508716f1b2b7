using System;
using System.Collections;
using System.Globalization;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Sync;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sync;

public sealed class AgreementTests
{
    private static readonly ConnectorSettings s_settings = new()
    {
        Name = "Default",
        Organization = "CN=Contoso",
        Policy = new AccessPolicy(),
        Exchange = new ExchangeSettings { Entrance = ExchangeEntrance.CallerRunspace },
        Tenant = new TenantSettings { TenantId = "contoso.com", ClientId = "c", Method = SignInMethod.AccessToken },
    };

    private static readonly ExchangeSnapshot s_exchange = new()
    {
        Partnerships = [],
        Mailboxes = [],
        Settings = new OrganizationAccessSettings { DefaultAccessLevel = ExchangeAccessLevel.Allow },
        Rules = [Rule("iPhone")],
    };

    public static TheoryData<string> Lists => [.. typeof(AccessPolicy).GetProperties()
        .Where(property => property.PropertyType != typeof(string) && typeof(IEnumerable).IsAssignableFrom(property.PropertyType))
        .Select(property => property.Name)];

    [Fact]
    public void The_same_rules_make_the_same_agreement() =>
        Assert.Equal(Agreement.Of(s_settings, s_exchange), Agreement.Of(s_settings with { Policy = new AccessPolicy() }, s_exchange with { Rules = [Rule("iPhone")] }));

    [Fact]
    public void Whatever_concerns_every_mailbox_makes_another_one()
    {
        var policy = s_settings.Policy;
        string[] agreements =
        [
            Agreement.Of(s_settings, s_exchange),
            With(policy with { Enabled = true }),
            With(policy with { IncludedGroups = ["AllUsers"] }),
            With(policy with { ExcludedGroups = ["AllUsers"] }),
            With(policy with { LicencePlans = [Guid.Empty] }),
            With(policy with { LeftoverAfter = TimeSpan.FromDays(1) }),
            With(policy with { AllowEntry = AllowEntry.WhenNeeded }),
            Agreement.Of(s_settings with { Wanted = new WantedConfiguration { Rules = [new WantedAccessRule(RuleCharacteristic.DeviceType, "iPad", ExchangeAccessLevel.Block)] } }, s_exchange),
            Agreement.Of(s_settings, s_exchange with { Rules = [] }),
            Agreement.Of(s_settings, s_exchange with { Rules = [Rule("iPad")] }),
            Agreement.Of(s_settings, s_exchange with { Settings = new OrganizationAccessSettings { DefaultAccessLevel = ExchangeAccessLevel.Block } }),
        ];

        Assert.Equal(agreements.Length, agreements.Distinct().Count());

        string With(AccessPolicy changed) => Agreement.Of(s_settings with { Policy = changed }, s_exchange);
    }

    [Fact]
    public void In_another_culture_it_is_the_same()
    {
        var settings = s_settings with { Policy = new AccessPolicy { FusePercent = 2.5 } };
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");
            var english = Agreement.Of(settings, s_exchange);
            // As German prints numbers; made by hand, because a system may know no cultures.
            var comma = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            comma.NumberFormat.NumberDecimalSeparator = ",";
            CultureInfo.CurrentCulture = comma;

            Assert.Equal(english, Agreement.Of(settings, s_exchange));
            Assert.Same(comma, CultureInfo.CurrentCulture);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    // A record prints a list by its type: a new one has to be named where the agreement is made. Names of groups decide nothing.
    [Theory]
    [MemberData(nameof(Lists))]
    public void Every_list_of_the_policy_is_known_to_it(string name) =>
        Assert.Contains(name, (string[])[nameof(AccessPolicy.IncludedGroups), nameof(AccessPolicy.ExcludedGroups), nameof(AccessPolicy.LicencePlans), nameof(AccessPolicy.GroupNames)]);

    private static DeviceAccessRule Rule(string type) =>
        new() { Id = Guid.Empty, Name = type, Characteristic = RuleCharacteristic.DeviceType, QueryString = type, AccessLevel = ExchangeAccessLevel.Block };
}
