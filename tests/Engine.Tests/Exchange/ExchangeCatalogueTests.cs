using System;
using System.Collections;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Sessions;
using IntuneExchangeConnector.Engine.Prerequisites.Roles;
using IntuneExchangeConnector.Engine.Tests.Exchange.Support;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Exchange;

public sealed class ExchangeCatalogueTests
{
    private static readonly Dictionary<string, object> s_none = [];

    // The predecessor's required set, the successors of its renamed cmdlets, and the one that cuts rows down.
    private static readonly string[] s_closedList =
    [
        "Clear-ActiveSyncDevice", "Clear-MobileDevice", "Get-ActiveSyncDevice", "Get-ActiveSyncDeviceAccessRule", "Get-ActiveSyncDeviceClass",
        "Get-ActiveSyncDeviceStatistics", "Get-ActiveSyncMailboxPolicy", "Get-ActiveSyncOrganizationSettings", "Get-CASMailbox", "Get-Command",
        "Get-ExchangeServer", "Get-MobileDevice", "Get-MobileDeviceMailboxPolicy", "Get-MobileDeviceStatistics", "Get-Recipient",
        "New-ActiveSyncDeviceAccessRule", "New-ActiveSyncMailboxPolicy", "New-MobileDeviceMailboxPolicy", "Remove-ActiveSyncDevice",
        "Remove-ActiveSyncDeviceAccessRule", "Remove-ActiveSyncMailboxPolicy", "Remove-MobileDevice", "Remove-MobileDeviceMailboxPolicy",
        "Select-Object", "Set-ADServerSettings", "Set-ActiveSyncDeviceAccessRule", "Set-ActiveSyncMailboxPolicy",
        "Set-ActiveSyncOrganizationSettings", "Set-CASMailbox", "Set-MobileDeviceMailboxPolicy",
    ];

    [Fact]
    public void The_list_is_the_required_set_and_nothing_else() =>
        Assert.Equal(s_closedList, ExchangeCatalogue.Names.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Get-Mailbox")]
    [InlineData("Set-Mailbox")]
    [InlineData("Remove-Mailbox")]
    [InlineData("Invoke-Expression")]
    [InlineData("Get-*")]
    [InlineData("Get-CASMailbox ")]
    [InlineData("Get-CASMailbox; Remove-Mailbox")]
    [InlineData("Microsoft.Exchange.Management.PowerShell.E2010\\Get-CASMailbox")]
    [InlineData("")]
    public void Another_cmdlet_cannot_be_made_into_a_command(string name)
    {
        var refused = Assert.Throws<ConnectorException>(() => new ExchangeCommand(name, s_none));
        Assert.Equal(ErrorIds.ExchangeCommandRefused, refused.ErrorId);
    }

    [Theory]
    [InlineData("Set-CASMailbox", "ActiveSyncEnabled")]
    [InlineData("Get-MobileDevice", "Filter")]
    [InlineData("Set-ADServerSettings", "RecipientViewRoot")]
    [InlineData("Get-ExchangeServer", "Status")]
    public void Another_parameter_cannot_travel(string name, string parameter)
    {
        var refused = Assert.Throws<ConnectorException>(() => new ExchangeCommand(name, new Dictionary<string, object>
        {
            ["Identity"] = "11111111-1111-1111-1111-111111111111",
            [parameter] = true,
        }));
        Assert.Equal(ErrorIds.ExchangeCommandRefused, refused.ErrorId);
    }

    [Theory]
    [InlineData("Set-CASMailbox", null)]
    [InlineData("Set-CASMailbox", "")]
    [InlineData("Set-CASMailbox", "*")]
    [InlineData("Set-CASMailbox", "jane@contoso.com")]
    [InlineData("Get-CASMailbox", "")]
    [InlineData("Remove-MobileDevice", null)]
    [InlineData("Clear-ActiveSyncDevice", "00000000-0000-0000-0000-000000000000")]
    [InlineData("Clear-MobileDevice", null)]
    [InlineData("Get-MobileDevice", "")]
    [InlineData("Get-MobileDeviceStatistics", null)]
    public void An_identity_is_a_guid_or_the_command_is_refused(string name, string? identity)
    {
        Dictionary<string, object> parameters = [];
        if (identity is not null) parameters["Identity"] = identity;
        var refused = Assert.Throws<ConnectorException>(() => new ExchangeCommand(name, parameters));
        Assert.Equal(ErrorIds.ExchangeCommandRefused, refused.ErrorId);
    }

    [Theory]
    [InlineData("")]
    [InlineData("*")]
    [InlineData("jane@contoso.com")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public void A_mailbox_is_named_by_its_guid_too(string mailbox)
    {
        var refused = Assert.Throws<ConnectorException>(() => new ExchangeCommand("Get-MobileDeviceStatistics", new Dictionary<string, object> { ["Mailbox"] = mailbox }));
        Assert.Equal(ErrorIds.ExchangeCommandRefused, refused.ErrorId);
    }

    [Fact]
    public void Every_command_that_the_product_makes_is_admitted_and_every_writing_one_names_its_object_and_asks_nothing()
    {
        ExchangeVocabulary offered = new();
        foreach (var (name, parameters) in new FakeExchange().Functions)
        {
            offered.Add(FakeExchange.Row(("Name", name), ("Parameters", parameters.Append("Confirm").ToArray())));
        }

        foreach (var name in ConfigurationCmdlets.All) offered.Add(FakeExchange.Row(("Name", name), ("Parameters", new[] { "Confirm" })));
        offered.Settle("server", own: true, remote: true);
        var made = Made(offered, new() { AccountOnly = true, Cancel = true, NotificationAddresses = ["it@contoso.com"] });
        Assert.All(made, command => Assert.Contains(command.Name, s_closedList));
        var writing = made.Where(command => !command.Name.StartsWith("Get-", StringComparison.Ordinal) && command.Name != "Set-ADServerSettings").ToArray();
        string[] orders = ["Clear-MobileDevice", "Remove-MobileDevice"];
        Assert.Equal(orders, writing.Select(command => command.Name).Where(orders.Contains).Order());
        Assert.Equal(s_changes.Length + orders.Length, writing.Length);
        Assert.All(writing, command => Assert.Equal(false, command.Parameters["Confirm"]));
    }

    [Fact]
    public void The_role_group_holds_each_cmdlet_that_the_product_sends_and_no_other()
    {
        string[] ofTheShell = ["Get-Command", "Select-Object"];
        var sent = new[] { Offered(older: false), Offered(older: true) }
            .SelectMany(offered => Made(offered, new()))
            .Append(InspectionCommands.ListOffer(imported: false)).Append(InspectionCommands.Servers()).Append(InspectionCommands.SomeMailboxes()).Append(InspectionCommands.ViewEntireForest())
            .Select(command => command.Name).Except(ofTheShell);
        var printed = RoleGroupBuilder.Roles("Phones", new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyCollection<string>>>())
            .SelectMany(role => role.Entries).Select(entry => entry.Cmdlet);

        Assert.Equal(sent.Distinct().Order(StringComparer.Ordinal), printed.Order(StringComparer.Ordinal));

        // The names that Exchange 2013 brought, or those of before.
        static ExchangeVocabulary Offered(bool older)
        {
            ExchangeVocabulary offered = new();
            foreach (var entry in ExchangeCatalogue.Entries.Where(entry => !older || !entry.Name.Contains("MobileDevice", StringComparison.Ordinal)))
            {
                offered.Add(FakeExchange.Row(("Name", entry.Name), ("Parameters", entry.Parameters.ToArray())));
            }

            offered.Settle("server", own: true, remote: true);
            return offered;
        }
    }

    [Fact]
    public void Lists_travel_as_additions_and_removals_and_only_where_they_change()
    {
        var command = ExchangeCommands.Write(new ExchangeVocabulary(), Changes.Of(allowedAdd: ["A", "B"], allowedRemove: ["C"]), null);
        Assert.Equal("Set-CASMailbox", command.Name);
        Assert.Equal(Changes.MailboxId.ToString(), command.Parameters["Identity"]);
        var allowed = Assert.IsType<Hashtable>(command.Parameters["ActiveSyncAllowedDeviceIDs"]);
        Assert.Equal(["A", "B"], Assert.IsType<string[]>(allowed["Add"]));
        Assert.Equal(["C"], Assert.IsType<string[]>(allowed["Remove"]));
        Assert.False(command.Parameters.ContainsKey("ActiveSyncBlockedDeviceIDs"));
    }

    [Fact]
    public void A_command_cannot_be_changed_after_it_was_admitted()
    {
        Dictionary<string, object> parameters = new() { ["ResultSize"] = "Unlimited" };
        ExchangeCommand command = new("Get-MobileDevice", parameters);
        parameters["Filter"] = "x";
        Assert.Equal("ResultSize", Assert.Single(command.Parameters).Key);
        Assert.Throws<NotSupportedException>(() => ((IDictionary<string, object>)command.Parameters).Add("Filter", "x"));
    }

    [Fact]
    public void A_session_takes_nothing_but_admitted_commands()
    {
        var ways = typeof(IExchangeSession).GetMethods().Where(method => method.GetParameters().Any(parameter => parameter.ParameterType != typeof(System.Threading.CancellationToken)));
        Assert.Equal(typeof(ExchangeCommand), Assert.Single(ways, way => way.Name.StartsWith("Invoke", StringComparison.Ordinal)).GetParameters()[0].ParameterType);
        Assert.True(typeof(ExchangeCommand).IsSealed);
        Assert.Single(typeof(ExchangeCommand).GetConstructors(BindingFlags.Instance | BindingFlags.NonPublic | BindingFlags.Public));
    }

    [Fact]
    public void The_compiled_engine_knows_no_way_to_send_text_as_a_script()
    {
        using PEReader file = new(File.OpenRead(typeof(ExchangeDirectory).Assembly.Location));
        var metadata = file.GetMetadataReader();
        var called = metadata.MemberReferences.Select(handle => metadata.GetMemberReference(handle))
            .Where(member => member.Parent.Kind == HandleKind.TypeReference)
            .Select(member =>
            {
                var type = metadata.GetTypeReference((TypeReferenceHandle)member.Parent);
                return $"{metadata.GetString(type.Namespace)}.{metadata.GetString(type.Name)}::{metadata.GetString(member.Name)}";
            })
            .Where(name => name.StartsWith("System.Management.Automation.", StringComparison.Ordinal))
            .ToArray();
        Assert.Contains("System.Management.Automation.PowerShell::AddCommand", called);
        string[] forbidden = ["AddScript", "AddStatement", "InvokeScript", "CreatePipeline", "CreateNestedPipeline", "NewScriptBlock", "AddArgument"];
        Assert.DoesNotContain(called, name => forbidden.Contains(name[(name.IndexOf("::", StringComparison.Ordinal) + 2)..]) || name.Contains("ScriptBlock", StringComparison.Ordinal));
    }

    // One of each kind: a kind that is missing here has no command that was looked at.
    private static readonly PlannedChange[] s_changes =
    [
        Changes.Of(allowedAdd: ["A"]),
        new DefaultAccessLevelChange { From = ExchangeAccessLevel.Allow, To = ExchangeAccessLevel.Block },
        Configured(ObjectAction.Create, null),
        Configured(ObjectAction.Set, Changes.MailboxId),
        Configured(ObjectAction.Remove, Changes.MailboxId),
        new MailboxPolicyChange { Kind = ObjectAction.Create, Name = "Phones", Settings = new MailboxPolicySettings { MinPasswordLength = 0, PasswordExpiration = TimeSpan.Zero } },
        new MailboxPolicyChange { Kind = ObjectAction.Set, PolicyId = Changes.MailboxId, Name = "Phones", Settings = new MailboxPolicySettings { MinPasswordLength = 0 } },
        new MailboxPolicyChange { Kind = ObjectAction.Remove, PolicyId = Changes.MailboxId, Name = "Phones" },
        new OrganizationSettingsChange { To = new WantedOrganizationSettings { UserMailInsert = "" }, From = new WantedOrganizationSettings() },
        Changes.Of() with { ChangesMailboxPolicy = true },
    ];

    private static AccessRuleChange Configured(ObjectAction kind, Guid? id) => new()
    {
        Kind = kind,
        RuleId = id,
        Characteristic = RuleCharacteristic.DeviceType,
        QueryString = "iPhone",
        From = kind == ObjectAction.Create ? null : ExchangeAccessLevel.Block,
        To = kind == ObjectAction.Remove ? null : ExchangeAccessLevel.Allow,
    };

    [Theory]
    [InlineData("Set-CASMailbox", "ActiveSyncAllowedDeviceIDs", false)]
    [InlineData("Set-CASMailbox", "ActiveSyncMailboxPolicy", true)]
    [InlineData("Set-ActiveSyncOrganizationSettings", "UserMailInsert", true)]
    [InlineData("Set-ActiveSyncOrganizationSettings", "DefaultAccessLevel", false)]
    [InlineData("Set-MobileDeviceMailboxPolicy", "MinPasswordLength", true)]
    [InlineData("Set-ActiveSyncMailboxPolicy", "MinDevicePasswordLength", true)]
    [InlineData("Set-MobileDeviceMailboxPolicy", "PasswordEnabled", false)]
    public void Nothing_travels_as_a_value_only_where_it_takes_something_away(string cmdlet, string parameter, bool admitted)
    {
        Dictionary<string, object> parameters = new() { [parameter] = null! };
        if (cmdlet != "Set-ActiveSyncOrganizationSettings") parameters["Identity"] = Changes.MailboxId.ToString();

        var failure = Record.Exception(() => new ExchangeCommand(cmdlet, parameters));

        Assert.Equal(admitted, failure is null);
    }

    [Fact]
    public void An_example_of_every_kind_of_change_was_looked_at() => Assert.Equal(
        typeof(PlannedChange).Assembly.GetTypes().Where(static type => type.IsSubclassOf(typeof(PlannedChange))).OrderBy(static type => type.Name, StringComparer.Ordinal),
        s_changes.Select(static change => change.GetType()).Distinct().OrderBy(static type => type.Name, StringComparer.Ordinal));

    private static ExchangeCommand[] Made(ExchangeVocabulary offered, Domain.Devices.DeviceWipeOrder order) =>
    [
        .. typeof(ExchangeCommands).GetMethods(BindingFlags.Public | BindingFlags.Static).SelectMany(method => s_changes
            .Take(method.GetParameters().Any(static parameter => parameter.ParameterType == typeof(PlannedChange)) ? s_changes.Length : 1)
            .Select(change => (ExchangeCommand)method.Invoke(null, [.. method.GetParameters().Select(parameter => Example(parameter.ParameterType, offered, change, order))])!)),
    ];

    private static object Example(Type type, ExchangeVocabulary offered, PlannedChange change, Domain.Devices.DeviceWipeOrder order) =>
        type == typeof(ExchangeVocabulary) ? offered
        : type == typeof(Guid) ? Changes.MailboxId
        : type == typeof(PlannedChange) ? change
        : type == typeof(string) ? "dc1.contoso.com"
        : type == typeof(Domain.Devices.DeviceWipeOrder) ? order
        : throw new InvalidOperationException($"No example of {type}.");
}
