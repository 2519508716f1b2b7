using System;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Engine.Prerequisites;
using IntuneExchangeConnector.Engine.Tests.Intune;
using IntuneExchangeConnector.Engine.Tests.Prerequisites.Support;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.Graph;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Prerequisites;

/// <summary>All checks over the real protocols: before an installation, during it and after it.</summary>
public sealed class PrerequisiteRunTests
{
    private static readonly string[] s_reads = ["Get-CASMailbox", "Get-Command", "Get-ExchangeServer", "Get-ThrottlingPolicy", "Get-ThrottlingPolicyAssociation", "Set-ADServerSettings"];

    [Fact]
    public async Task Every_check_has_a_row_and_nothing_is_changed_or_left_behind()
    {
        await using var connector = await Connector.StartAsync();
        var rows = await connector.TestAsync();

        Assert.Equal(Requirements.All.Select(row => row.Id).Order(), rows.Select(row => row.Id).Distinct().Order());
        Assert.DoesNotContain(rows, row => row.Status == PrerequisiteStatus.Failed);
        Assert.Contains("PowerShellMaxConcurrency is 18", rows.Of(PrerequisiteIds.ThrottlingPolicy, "CONTOSO\\svc-intune").Proof);
        Assert.Empty(Directory.EnumerateFileSystemEntries(connector.Folder));
        Assert.Empty(connector.Exchange.Commands().Select(command => command.Name).Except(s_reads));
        Assert.DoesNotContain("eyJ", rows.Short());
    }

    [Fact]
    public async Task What_is_hidden_from_the_account_is_found_and_named()
    {
        await using var connector = await Connector.StartAsync(new ExchangeOptions { HiddenCommands = ["Get-ActiveSyncDeviceClass", "Get-ActiveSyncDeviceAccessRule"], HiddenParameters = new() { ["Set-CASMailbox"] = ["ActiveSyncBlockedDeviceIDs"] } });
        var rows = await connector.TestAsync();

        Assert.Equal(PrerequisiteStatus.Failed, rows.Of(PrerequisiteIds.ExchangeCmdlet, "Get-ActiveSyncDeviceAccessRule").Status);
        Assert.Equal(PrerequisiteStatus.Warning, rows.Of(PrerequisiteIds.ExchangeCmdlet, "Get-ActiveSyncDeviceClass").Status);
        Assert.Contains("missing -ActiveSyncBlockedDeviceIDs", rows.Of(PrerequisiteIds.ExchangeCmdlet, "Set-CASMailbox").Proof);
        Assert.Equal(PrerequisiteStatus.Passed, rows.Of(PrerequisiteIds.OrganizationScope).Status);
    }

    [Fact]
    public async Task A_server_that_is_not_there_and_a_token_that_is_none_are_rows_and_both_are_told()
    {
        await using var connector = await Connector.StartAsync();
        connector.Settings = connector.Settings with { Exchange = connector.Settings.Exchange with { Uri = new Uri("pipe://localhost/nobody-listens") } };
        connector.Secrets = connector.Secrets with { AccessToken = TestTenant.Secure("x") };
        var rows = await connector.TestAsync();

        Assert.StartsWith("ExchangeUnreachable: ", rows.Of(PrerequisiteIds.ExchangeSession).Proof);
        Assert.All(rows.Where(row => row.Id == PrerequisiteIds.GraphPermission), row => Assert.StartsWith("AccessTokenExpired: ", row.Proof));
    }

    [Fact]
    public async Task An_installed_connector_is_checked_with_its_own_configuration()
    {
        await using var connector = await Connector.StartAsync();
        await connector.InstallAsync();
        var rows = await connector.TestAsync(installed: true);

        Assert.DoesNotContain(rows, row => row.Status is PrerequisiteStatus.Failed or PrerequisiteStatus.Warning);
        Assert.Equal(connector.Folder, rows.Of(PrerequisiteIds.DataFolder).Target);
    }

    [Fact]
    public async Task Without_an_installed_connector_there_is_nothing_to_check()
    {
        await using var connector = await Connector.StartAsync();

        Assert.Equal(ErrorIds.ConnectorNotFound, (await Assert.ThrowsAsync<ConnectorException>(() => connector.TestAsync(installed: true))).ErrorId);
    }

    [Fact]
    public async Task An_installation_connects_once_and_asks_little_more()
    {
        await using var connector = await Connector.StartAsync();
        await connector.InstallAsync(skip: true);
        var without = connector.Exchange.Commands().Count;
        await using var other = await Connector.StartAsync();
        await other.InstallAsync();

        Assert.InRange(other.Exchange.Commands().Count - without, 1, 3);
        Assert.Equal(1, other.Exchange.CountOf("Set-ADServerSettings"));
        Assert.Empty(other.Console.Warnings);
    }

    [Fact]
    public async Task A_failure_that_matters_stops_the_installation_before_anything_is_written()
    {
        await using var connector = await Connector.StartAsync(organization: new GraphOrganization { MdmAuthority = "unknown" });

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.InstallAsync());
        Assert.Equal(ErrorIds.PrerequisiteFailed, failure.ErrorId);
        Assert.Contains("MDM authority", failure.Message);
        Assert.Contains("mobileDeviceManagementAuthority is unknown", failure.Message);
        Assert.Contains("-SkipPrerequisite", failure.Remedy);
        Assert.Empty(Directory.EnumerateFileSystemEntries(connector.Folder));

        Assert.Equal("Default", (await connector.InstallAsync(skip: true)).Name);
    }

    [Fact]
    public async Task A_port_that_does_not_answer_is_named_with_its_row_before_a_session_is_tried()
    {
        await using var connector = await Connector.StartAsync();
        connector.Settings = connector.Settings with { Exchange = connector.Settings.Exchange with { Uri = new Uri("http://127.0.0.1:1/PowerShell/") } };

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => connector.InstallAsync());

        Assert.Equal((ErrorIds.PrerequisiteFailed, "127.0.0.1:1"), (failure.ErrorId, failure.Target));
        Assert.StartsWith("TCP port (127.0.0.1:1): ", failure.Message);
        Assert.StartsWith("Test-NetConnection 127.0.0.1 -Port 1; ", failure.Remedy);
        Assert.Empty(Directory.EnumerateFileSystemEntries(connector.Folder));
    }

    [Fact]
    public async Task Behind_a_proxy_it_is_the_proxy_that_has_to_answer()
    {
        await using var connector = await Connector.StartAsync();
        connector.Settings = connector.Settings with { Exchange = connector.Settings.Exchange with { Uri = new Uri("https://hosted.invalid/PowerShell/"), ProxyServer = "127.0.0.1", ProxyPort = 1 } };

        Assert.StartsWith("TCP port (127.0.0.1:1): ", (await Assert.ThrowsAsync<ConnectorException>(() => connector.InstallAsync())).Message);
    }

    [Fact]
    public async Task What_should_be_looked_at_is_a_warning_and_the_installation_goes_on()
    {
        await using var connector = await Connector.StartAsync(new ExchangeOptions { HiddenCommands = ["Get-ActiveSyncDeviceClass"] });
        await connector.InstallAsync();

        Assert.Contains("Exchange cmdlet (Get-ActiveSyncDeviceClass): ", Assert.Single(connector.Console.Warnings));
    }

    [Fact]
    public async Task A_role_group_is_compared_with_the_session()
    {
        await using var connector = await Connector.StartAsync(new ExchangeOptions { HiddenCommands = ["Get-ActiveSyncDeviceClass"], HiddenParameters = new() { ["Set-CASMailbox"] = ["ActiveSyncBlockedDeviceIDs"] } });
        var described = await connector.DescribeAsync();

        Assert.Equal(["Get-ActiveSyncDeviceClass", "Set-CASMailbox -ActiveSyncBlockedDeviceIDs"], described.Missing);
        Assert.Contains("Get-ManagementRoleEntry", described.Beyond);
        Assert.Contains("Get-Recipient", described.Beyond);
        Assert.Contains("Set-CASMailbox -ActiveSyncEnabled", described.Beyond);
        Assert.DoesNotContain(described.Beyond, item => item is "Set-CASMailbox -Identity" or "Set-CASMailbox -Confirm" or "Set-CASMailbox -WhatIf" or "Set-CASMailbox");
        Assert.Equal("CONTOSO\\svc-intune", described.Member);
        Assert.Contains("Members = 'CONTOSO\\svc-intune'", described.Script);
        Assert.All(connector.Exchange.Commands(), command => Assert.StartsWith("Get-", command.Name));
    }

    [Fact]
    public async Task Where_nothing_is_installed_and_no_session_given_the_role_group_is_described_alone()
    {
        await using var connector = await Connector.StartAsync();
        var described = await connector.DescribeAsync(planned: false);

        Assert.Null(described.ComparedWith);
        Assert.NotEmpty(described.Script);
        Assert.Empty(connector.Exchange.Commands());
    }
}
