using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Prerequisites.Checks;
using IntuneExchangeConnector.Engine.Tests.Prerequisites.Support;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Prerequisites;

public sealed class ExchangeChecksTests
{
    private const string Account = "CONTOSO\\svc-intune";

    [Fact]
    public async Task A_session_that_offers_everything_passes()
    {
        var session = Sessions.Whole();
        var rows = await RunAsync(session);

        Assert.Equal(["ThrottlingPolicy"], rows.Where(row => row.Status != PrerequisiteStatus.Passed).Select(row => row.Id));
        Assert.Equal("Exchange Server SE (15.2.2562.17), Mailbox", rows.Of(PrerequisiteIds.ExchangeVersion, "ex1.contoso.com").Proof);
        Assert.Equal("Sees several mailboxes, among them jane@contoso.com and pat@contoso.com.", rows.Of(PrerequisiteIds.OrganizationScope).Proof);
        Assert.Equal(["Get-Command", "Get-ExchangeServer", "Set-ADServerSettings", "Get-CASMailbox"], session.Sent.Select(command => command.Name));
    }

    [Theory]
    [InlineData("Get-CASMailbox", true)]
    [InlineData("Set-CASMailbox", true)]
    [InlineData("Get-ExchangeServer", true)]
    [InlineData("Set-ADServerSettings", true)]
    [InlineData("Get-ActiveSyncDeviceAccessRule", true)]
    [InlineData("Get-ActiveSyncDeviceClass", false)]
    [InlineData("New-ActiveSyncDeviceAccessRule", false)]
    public async Task A_hidden_cmdlet_fails_where_a_sync_needs_it_and_warns_elsewhere(string cmdlet, bool isNeeded)
    {
        var session = Sessions.Whole();
        session.Offered.Remove(cmdlet);
        var row = (await RunAsync(session)).Of(PrerequisiteIds.ExchangeCmdlet, cmdlet);

        Assert.Equal((isNeeded ? PrerequisiteStatus.Failed : PrerequisiteStatus.Warning, isNeeded), (row.Status, row.IsRequired));
        Assert.Contains("New-ManagementRoleAssignment -Role '", row.Remedy);
        Assert.Contains("-User 'CONTOSO\\svc-intune'", row.Remedy);
    }

    [Theory]
    [InlineData("ex1.contoso.com", true)]
    [InlineData("mail.contoso.com", false)]
    public async Task A_version_that_is_too_old_stops_an_installation_on_the_connected_server_alone(string connected, bool isRequired)
    {
        var answers = Sessions.Answers;
        answers["Get-ExchangeServer"] = [Sessions.Server("EX1", "Version 14.2 (Build 247.5)"), Sessions.Server("EX2", "Version 14.2 (Build 247.5)")];
        var rows = await RunAsync(Sessions.Whole(answers, server: connected));

        Assert.Equal([(PrerequisiteStatus.Failed, isRequired), (PrerequisiteStatus.Failed, false)], rows.Where(row => row.Id == PrerequisiteIds.ExchangeVersion).Select(row => (row.Status, row.IsRequired)));
    }

    [Fact]
    public async Task Either_name_of_a_renamed_cmdlet_is_fine_and_neither_is_not()
    {
        const string Target = "Get-MobileDevice or Get-ActiveSyncDevice";
        var session = Sessions.Whole();
        session.Offered.Remove("Get-MobileDevice");
        var row = (await RunAsync(session)).Of(PrerequisiteIds.ExchangeCmdlet, Target);
        Assert.Equal(PrerequisiteStatus.Passed, row.Status);
        Assert.StartsWith("Get-ActiveSyncDevice with -", row.Proof);

        session = Sessions.Whole();
        session.Offered["Get-MobileDevice"] = ["Identity"];
        Assert.StartsWith("Get-ActiveSyncDevice", (await RunAsync(session)).Of(PrerequisiteIds.ExchangeCmdlet, Target).Proof);

        session = Sessions.Whole();
        session.Offered.Remove("Get-MobileDevice");
        session.Offered.Remove("Get-ActiveSyncDevice");
        Assert.Equal(PrerequisiteStatus.Failed, (await RunAsync(session)).Of(PrerequisiteIds.ExchangeCmdlet, Target).Status);
    }

    [Fact]
    public async Task A_parameter_that_only_the_other_name_knows_is_not_missed()
    {
        // The newer names of mailbox policies renamed parameters too.
        var session = Sessions.Whole();
        Assert.Contains("PasswordEnabled", session.Offered["Set-MobileDeviceMailboxPolicy"]!);
        Assert.DoesNotContain("DevicePasswordEnabled", session.Offered["Set-MobileDeviceMailboxPolicy"]!);

        Assert.Equal(PrerequisiteStatus.Passed, (await RunAsync(session)).Of(PrerequisiteIds.ExchangeCmdlet, "Set-MobileDeviceMailboxPolicy or Set-ActiveSyncMailboxPolicy").Status);
    }

    [Fact]
    public async Task Hidden_parameters_are_named_and_those_that_are_optional_are_no_failure()
    {
        var session = Sessions.Whole();
        session.Offered["Set-CASMailbox"] = ["Identity", "ActiveSyncAllowedDeviceIDs"];
        var rows = await RunAsync(session);
        var row = rows.Of(PrerequisiteIds.ExchangeCmdlet, "Set-CASMailbox");

        Assert.Equal(PrerequisiteStatus.Failed, row.Status);
        Assert.Contains("missing -ActiveSyncBlockedDeviceIDs. For: entries of mailboxes.", row.Proof);
        Assert.Contains("-Parameters ActiveSyncBlockedDeviceIDs -AddParameter", row.Remedy);

        session = Sessions.Whole();
        session.Offered["Get-CASMailbox"] = ["Identity", "ResultSize"];
        row = (await RunAsync(session)).Of(PrerequisiteIds.ExchangeCmdlet, "Get-CASMailbox");
        Assert.Equal(PrerequisiteStatus.Passed, row.Status);
        Assert.Contains("without -", row.Proof);
        Assert.Contains("-ReadFromDomainController", row.Proof);
    }

    [Theory]
    [InlineData("New-ActiveSyncDeviceAccessRule", ConfigurationNeeds.Rules)]
    [InlineData("Set-ActiveSyncDeviceAccessRule", ConfigurationNeeds.Rules)]
    [InlineData("Set-MobileDeviceMailboxPolicy or Set-ActiveSyncMailboxPolicy", ConfigurationNeeds.Policies)]
    [InlineData("Get-MobileDeviceMailboxPolicy or Get-ActiveSyncMailboxPolicy", ConfigurationNeeds.Policies)]
    public async Task What_a_connector_looks_after_makes_a_cmdlet_a_demand(string cmdlets, ConfigurationNeeds needs)
    {
        var session = Sessions.Whole();
        foreach (var name in cmdlets.Split(" or ")) session.Offered.Remove(name);
        var row = (await RunAsync(session, needs: needs)).Of(PrerequisiteIds.ExchangeCmdlet, cmdlets);
        Assert.Equal((PrerequisiteStatus.Failed, true), (row.Status, row.IsRequired));

        row = (await RunAsync(session)).Of(PrerequisiteIds.ExchangeCmdlet, cmdlets);
        Assert.Equal((PrerequisiteStatus.Warning, false), (row.Status, row.IsRequired));
    }

    [Theory]
    [InlineData("Set-CASMailbox", "ActiveSyncMailboxPolicy", ConfigurationNeeds.Assignments)]
    [InlineData("Set-ActiveSyncOrganizationSettings", "UserMailInsert", ConfigurationNeeds.Organization)]
    public async Task And_a_parameter(string cmdlet, string parameter, ConfigurationNeeds needs)
    {
        var session = Sessions.Whole();
        session.Offered[cmdlet] = [.. session.Offered[cmdlet]!.Where(name => name != parameter)];

        Assert.Equal(PrerequisiteStatus.Failed, (await RunAsync(session, needs: needs)).Of(PrerequisiteIds.ExchangeCmdlet, cmdlet).Status);
        Assert.Equal(PrerequisiteStatus.Warning, (await RunAsync(session)).Of(PrerequisiteIds.ExchangeCmdlet, cmdlet).Status);
    }

    [Fact]
    public async Task A_session_that_does_not_tell_parameters_is_believed()
    {
        var session = Sessions.Whole();
        session.Offered["Set-CASMailbox"] = null;

        Assert.Equal(PrerequisiteStatus.Passed, (await RunAsync(session)).Of(PrerequisiteIds.ExchangeCmdlet, "Set-CASMailbox").Status);
    }

    [Theory]
    [InlineData(0, PrerequisiteStatus.Failed)]
    [InlineData(1, PrerequisiteStatus.Failed)]
    [InlineData(2, PrerequisiteStatus.Passed)]
    public async Task A_session_that_sees_its_own_mailbox_only_fails(int seen, PrerequisiteStatus expected)
    {
        var answers = Sessions.Answers;
        answers["Get-CASMailbox"] = [.. answers["Get-CASMailbox"].Take(seen)];
        var row = (await RunAsync(Sessions.Whole(answers))).Of(PrerequisiteIds.OrganizationScope);

        Assert.Equal((expected, true), (row.Status, row.IsRequired));
    }

    [Fact]
    public async Task The_view_of_a_lent_session_is_left_as_it_is()
    {
        var session = Sessions.Whole(isOwn: false);
        session.Offered.Remove("Set-ADServerSettings");
        var rows = await RunAsync(session, account: null);

        Assert.Equal(PrerequisiteStatus.Skipped, rows.Of(PrerequisiteIds.ForestView).Status);
        Assert.Equal((PrerequisiteStatus.Warning, false), (rows.Of(PrerequisiteIds.ExchangeCmdlet, "Set-ADServerSettings").Status, rows.Of(PrerequisiteIds.ExchangeCmdlet, "Set-ADServerSettings").IsRequired));
        Assert.DoesNotContain(session.Sent, command => command.Name == "Set-ADServerSettings");
    }

    [Theory]
    [InlineData("Version 14.2 (Build 247.5)", PrerequisiteStatus.Failed, "Exchange Server 2010 SP2")]
    [InlineData("Version 14.3 (Build 123.4)", PrerequisiteStatus.Passed, "Exchange Server 2010 SP3")]
    [InlineData("Version 15.1 (Build 2507.6)", PrerequisiteStatus.Passed, "Exchange Server 2016")]
    [InlineData("Version 15.2 (Build 2562.17)", PrerequisiteStatus.Passed, "Exchange Server SE")]
    [InlineData("fifteen", PrerequisiteStatus.Warning, "does not tell")]
    public async Task Each_server_has_a_row_with_its_product(string version, PrerequisiteStatus expected, string proof)
    {
        var answers = Sessions.Answers;
        answers["Get-ExchangeServer"] = [Sessions.Server("EX9", version)];
        var row = (await RunAsync(Sessions.Whole(answers))).Of(PrerequisiteIds.ExchangeVersion, "ex9.contoso.com");

        Assert.Equal(expected, row.Status);
        Assert.Contains(proof, row.Proof);
    }

    [Theory]
    [InlineData("ex1.contoso.com", PrerequisiteStatus.Passed)]
    [InlineData("EX1", PrerequisiteStatus.Passed)]
    [InlineData("ex2.contoso.com", PrerequisiteStatus.Warning)]
    [InlineData("mail.contoso.com", PrerequisiteStatus.Skipped)]
    public async Task The_connected_server_should_be_the_newest_that_holds_mailboxes(string server, PrerequisiteStatus expected)
    {
        var row = (await RunAsync(Sessions.Whole(server: server))).Of(PrerequisiteIds.NewestServer);

        Assert.Equal(expected, row.Status);
        if (expected == PrerequisiteStatus.Warning) Assert.Equal("Use -ExchangeServer ex1.contoso.com.", row.Remedy);
    }

    [Fact]
    public async Task A_newer_server_without_mailboxes_is_not_the_one_to_use()
    {
        var answers = Sessions.Answers;
        answers["Get-ExchangeServer"] = [Sessions.Server("EX1", "Version 15.1 (Build 2507.6)"), Sessions.Server("EDGE", "Version 15.2 (Build 2562.17)", holdsMailboxes: false, role: "Edge")];

        Assert.Equal(PrerequisiteStatus.Passed, (await RunAsync(Sessions.Whole(answers))).Of(PrerequisiteIds.NewestServer).Status);
    }

    [Fact]
    public async Task A_session_that_does_not_open_says_why_and_leaves_the_rest()
    {
        StubSession session = new([]) { Server = "ex1.contoso.com", IsOwn = true, OpeningFault = ExchangeFaultKind.Authentication };
        var rows = await RunAsync(session);

        Assert.StartsWith("ExchangeAuthenticationFailed: ", rows.Of(PrerequisiteIds.ExchangeSession).Proof);
        Assert.All(rows.Skip(1), row => Assert.Equal(PrerequisiteStatus.Skipped, row.Status));
        Assert.Empty(session.Sent);
    }

    [Theory]
    [InlineData(nameof(ExchangeFaultKind.AccessDenied), "ExchangeAccessDenied: ")]
    [InlineData(nameof(ExchangeFaultKind.SessionLost), "ExchangeSessionLost: ")]
    public async Task A_command_that_fails_is_a_row_and_no_end(string kind, string proof)
    {
        var session = Sessions.Whole();
        session.Faults["Get-CASMailbox"] = Enum.Parse<ExchangeFaultKind>(kind);
        var rows = await RunAsync(session);

        Assert.StartsWith(proof, rows.Of(PrerequisiteIds.OrganizationScope).Proof);
        Assert.Equal(PrerequisiteIds.ThrottlingPolicy, rows[^1].Id);
    }

    private static async Task<IReadOnlyList<PrerequisiteCheck>> RunAsync(StubSession session, string? account = Account, ConfigurationNeeds needs = ConfigurationNeeds.None)
    {
        var rows = await new ExchangeChecks(Sessions.Inspect(session), account, sessions: 1, needs).RunAsync(TestContext.Current.CancellationToken).ToListAsync();
        rows.AssertComplete();
        return rows;
    }
}
