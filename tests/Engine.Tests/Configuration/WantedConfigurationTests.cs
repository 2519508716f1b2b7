using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Engine.Configuration;
using IntuneExchangeConnector.Engine.Tests.Store;
using Xunit;
using static IntuneExchangeConnector.Engine.Tests.Configuration.ConfigurationSamples;

namespace IntuneExchangeConnector.Engine.Tests.Configuration;

/// <summary>What is looked after in the organisation's configuration, in the file.</summary>
public sealed class WantedConfigurationTests : IDisposable
{
    private static readonly WantedConfiguration s_wanted = new()
    {
        Rules = [new(RuleCharacteristic.DeviceType, "iPhone", ExchangeAccessLevel.Allow), new(RuleCharacteristic.UserAgent, " a <b> & c", ExchangeAccessLevel.Block)],
        Policies = [new WantedMailboxPolicy { Name = "Phones", Settings = new MailboxPolicySettings { PasswordEnabled = true }, AssignTo = PolicyAssignment.Targeted, Mailboxes = ["jane@contoso.com"] }],
        Organization = new WantedOrganizationSettings { UserMailInsert = string.Empty, AdminMailRecipients = [] },
    };

    private readonly TemporaryFolder _folder = new();
    private readonly XmlConfigurationStore _store;

    public WantedConfigurationTests() => _store = new XmlConfigurationStore(_folder.Path);

    private string Path => _folder.File("OnPremisesExchangeConnectorServiceConfiguration.xml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Nothing_is_looked_after_by_default_and_takes_no_room_in_the_file()
    {
        _store.Write(Connector());

        Assert.True(_store.Read(null).Wanted.IsEmpty);
        Assert.DoesNotContain("AccessRules", File.ReadAllText(Path), StringComparison.Ordinal);
    }

    [Fact]
    public void Wanted_empty_is_not_the_same_as_not_looked_after()
    {
        _store.Write(Connector() with { Wanted = s_wanted });

        var organization = _store.Read(null).Wanted.Organization;
        Assert.Equal((string.Empty, null), (organization.UserMailInsert, organization.OtaNotificationMailInsert));
        Assert.Empty(organization.AdminMailRecipients!);
    }

    [Fact]
    public void What_people_wrote_beside_and_inside_survives_and_what_is_given_up_goes()
    {
        _store.Write(Connector() with { Wanted = s_wanted });
        var document = XDocument.Load(Path);
        var rules = document.Root!.Element("AccessRules")!;
        rules.Elements("AccessRule").First().Add(new XElement("Ticket", "4711"), new XComment("for the sales department"));
        rules.Add(new XElement("Owner", "Jane"));
        document.Save(Path);

        _store.Write(Connector() with { Wanted = s_wanted with { Rules = [s_wanted.Rules[0] with { AccessLevel = ExchangeAccessLevel.Quarantine }], Policies = [] } });

        var text = File.ReadAllText(Path);
        Assert.Contains("<Ticket>4711</Ticket>", text, StringComparison.Ordinal);
        Assert.Contains("for the sales department", text, StringComparison.Ordinal);
        Assert.Contains("<Owner>Jane</Owner>", text, StringComparison.Ordinal);
        Assert.DoesNotContain("Phones", text, StringComparison.Ordinal);
        Assert.Equal(ExchangeAccessLevel.Quarantine, Assert.Single(_store.Read(null).Wanted.Rules).AccessLevel);
    }

    [Theory]
    [InlineData("<Characteristic>DeviceType<", "<Characteristic>XMSWLHeader<")]
    [InlineData("<Characteristic>DeviceType<", "<Characteristic>Unknown<")]
    [InlineData("<AccessLevel>Allow<", "<AccessLevel>Perhaps<")]
    [InlineData("<QueryString>iPhone<", "<QueryString><")]
    [InlineData("<PasswordEnabled>true<", "<PasswordEnabled>yes<")]
    [InlineData("<PasswordEnabled>true</PasswordEnabled>", "<MaxPasswordFailedAttempts>3</MaxPasswordFailedAttempts>")]
    [InlineData("<AssignTo>Targeted<", "<AssignTo>Everybody<")]
    public void A_wrong_value_is_told_with_its_line(string right, string wrong)
    {
        _store.Write(Connector() with { Wanted = s_wanted });
        var text = File.ReadAllText(Path);
        Assert.Contains(right, text, StringComparison.Ordinal);
        File.WriteAllText(Path, text.Replace(right, wrong, StringComparison.Ordinal));

        var failure = Assert.Throws<ConnectorException>(() => _store.Read(null));

        Assert.Equal(ErrorIds.ConfigurationUnreadable, failure.ErrorId);
        Assert.Contains("line", failure.Message + failure.Remedy, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public void The_same_rule_or_policy_twice_is_refused()
    {
        Assert.Equal(ErrorIds.InvalidParameter, Assert.Throws<ConnectorException>(() => _store.Write(Connector() with
        {
            Wanted = s_wanted with { Rules = [s_wanted.Rules[0], s_wanted.Rules[0] with { QueryString = "IPHONE" }] },
        })).ErrorId);
        Assert.Equal(ErrorIds.InvalidParameter, Assert.Throws<ConnectorException>(() => _store.Write(Connector() with
        {
            Wanted = s_wanted with { Policies = [s_wanted.Policies[0], s_wanted.Policies[0] with { Name = "Others" }] },
        })).ErrorId);
    }
}
