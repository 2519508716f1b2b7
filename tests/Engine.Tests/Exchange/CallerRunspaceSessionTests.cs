using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Tests.Exchange.Support;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Exchange;

public sealed class CallerRunspaceSessionTests
{
    private const string Cut = "There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.";

    private readonly FakeExchange _exchange = new();

    [Fact]
    public async Task The_organisation_is_read_with_the_cmdlets_of_the_shell()
    {
        _exchange.Answers["Get-MobileDevice"] = _ => new() { Rows = new[] { Rows.Device("A"), Rows.Device("B") } };
        _exchange.Answers["Get-CASMailbox"] = _ => new() { Rows = new[] { Rows.Mailbox() } };
        await RunAsync(async (directory, token) =>
        {
            var organization = await directory.ConnectAsync(token);
            Assert.Equal(FakeExchange.Organization, organization.DistinguishedName);
            Assert.Equal(["ex1.contoso.com"], organization.Servers.Select(static server => server.Fqdn));
            var devices = await directory.ReadPartnershipsAsync(null, token);
            Assert.Equal(["A", "B"], devices.Rows.Select(row => row.DeviceId.Value));
            Assert.Null(devices.Incomplete);
            Assert.Single((await directory.ReadMailboxesAsync(null, token)).Rows);
            Assert.Empty(await directory.ReadRulesAsync(token));
            Assert.Equal(6, directory.CommandsSent);
        });
        Assert.Empty(_exchange.CallsOf("Set-ADServerSettings"));
        Assert.Equal("Unlimited", Assert.Single(_exchange.CallsOf("Get-MobileDevice")).Parameters["ResultSize"]);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("$WarningPreference = 'SilentlyContinue'")]
    [InlineData("$WarningPreference = 'Stop'")]
    public async Task A_warning_that_the_answer_was_cut_is_caught_and_not_shown(string? prologue)
    {
        _exchange.Answers["Get-MobileDevice"] = _ => new() { Rows = new[] { Rows.Device("A") }, Warnings = [Cut] };
        var streams = await RunAsync(async (directory, token) =>
        {
            await directory.ConnectAsync(token);
            var read = await directory.ReadPartnershipsAsync(null, token);
            Assert.Single(read.Rows);
            Assert.Equal(Cut, read.Incomplete);
        }, prologue);
        Assert.Empty(streams.Warnings);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("$ErrorActionPreference = 'SilentlyContinue'")]
    [InlineData("$ErrorActionPreference = 'Stop'")]
    public async Task An_error_in_the_midst_of_a_read_makes_it_incomplete(string? prologue)
    {
        _exchange.Answers["Get-CASMailbox"] = _ => new() { Rows = new[] { Rows.Mailbox() }, Errors = [FakeExchange.Error("x", "The object is corrupt.")] };
        var streams = await RunAsync(async (directory, token) =>
        {
            await directory.ConnectAsync(token);
            Assert.Equal("The object is corrupt.", (await directory.ReadMailboxesAsync(null, token)).Incomplete);
        }, prologue);
        Assert.Empty(streams.Errors);
    }

    [Fact]
    public async Task A_write_that_the_server_refuses_fails_with_its_mailbox_named()
    {
        _exchange.Answers["Set-CASMailbox"] = _ => new() { Errors = [FakeExchange.Error("[FailureCategory=AuthZ-CmdletAccessDeniedException] 1,x", "Nein.")] };
        await RunAsync(async (directory, token) =>
        {
            await directory.ConnectAsync(token);
            var failure = await Assert.ThrowsAsync<ConnectorException>(() => directory.WriteAsync(Changes.Of(blockedAdd: ["A"]), null, token));
            Assert.Equal((ErrorIds.ExchangeAccessDenied, "jane@contoso.com"), (failure.ErrorId, failure.Target));
        });
    }

    [Fact]
    public async Task A_write_asks_nothing_and_leaves_nothing_on_the_screen()
    {
        _exchange.Answers["Set-CASMailbox"] = _ => new() { Warnings = ["The command completed successfully but no settings have been modified."] };
        var streams = await RunAsync(async (directory, token) =>
        {
            await directory.ConnectAsync(token);
            await directory.WriteAsync(Changes.Of(allowedAdd: ["A"], blockedRemove: ["A"]), null, token);
        }, "$ConfirmPreference = 'Low'");
        var call = Assert.Single(_exchange.CallsOf("Set-CASMailbox"));
        Assert.Equal(["A"], Changes.Listed(call, "ActiveSyncAllowedDeviceIDs", "Add"));
        Assert.Equal(["A"], Changes.Listed(call, "ActiveSyncBlockedDeviceIDs", "Remove"));
        Assert.False(((SwitchParameter)call.Parameters["Confirm"]!).IsPresent);
        Assert.Empty(streams.Warnings);
        Assert.Empty(streams.Errors);
    }

    [Fact]
    public async Task A_cmdlet_that_the_shell_lacks_is_named_with_its_role()
    {
        _exchange.Functions.Remove("Get-CASMailbox");
        _exchange.Functions.Remove("Get-ActiveSyncDeviceAccessRule");
        await RunAsync(async (directory, token) =>
        {
            var failure = await Assert.ThrowsAsync<ConnectorException>(() => directory.ConnectAsync(token));
            Assert.Equal(ErrorIds.ExchangeCmdletMissing, failure.ErrorId);
            Assert.Contains("Get-CASMailbox, Get-ActiveSyncDeviceAccessRule", failure.Message, StringComparison.Ordinal);
            Assert.Contains("'Mail Recipients' and 'Organization Client Access'", failure.Remedy, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task A_parameter_that_the_shell_lacks_is_named()
    {
        _exchange.Functions["Set-CASMailbox"] = ["Identity", "ActiveSyncAllowedDeviceIDs"];
        await RunAsync(async (directory, token) =>
        {
            var failure = await Assert.ThrowsAsync<ConnectorException>(() => directory.ConnectAsync(token));
            Assert.Equal(ErrorIds.ExchangeParameterMissing, failure.ErrorId);
            Assert.Contains("Set-CASMailbox -ActiveSyncBlockedDeviceIDs", failure.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task The_server_behind_imported_cmdlets_is_named_by_their_rows()
    {
        _exchange.Answers["Get-ExchangeServer"] = _ => new() { Rows = new[] { FakeExchange.Row(("Name", "EX1"), ("DistinguishedName", $"CN=EX1,{FakeExchange.Organization}"), ("PSComputerName", "ex7.contoso.com")) } };
        await RunAsync(async (directory, token) => Assert.Equal(("ex7.contoso.com", "EX1"), (await directory.ConnectAsync(token)) is var found ? (found.Server, found.Servers[0].Fqdn) : default));
    }

    [Fact]
    public async Task Where_only_the_old_name_is_offered_it_is_used()
    {
        _exchange.Functions.Remove("Get-MobileDevice");
        _exchange.Answers["Get-ActiveSyncDevice"] = _ => new() { Rows = new[] { Rows.Device("A") } };
        await RunAsync(async (directory, token) =>
        {
            await directory.ConnectAsync(token);
            Assert.Single((await directory.ReadPartnershipsAsync(null, token)).Rows);
        });
    }

    [Fact]
    public async Task A_caller_who_stops_the_command_stops_the_read()
    {
        using SemaphoreSlim reading = new(0);
        _exchange.Answers["Get-MobileDevice"] = _ => new() { Rows = Endless(reading) };
        Exception? ended = null;
        await Assert.ThrowsAnyAsync<PipelineStoppedException>(() => CallerShellHarness.RunAsync(
            _exchange,
            async (shell, token) =>
            {
                await using var directory = Create(shell);
                await directory.ConnectAsync(token);
                ended = await Record.ExceptionAsync(() => directory.ReadPartnershipsAsync(null, token));
            },
            null,
            shell => reading.WaitAsync().ContinueWith(_ => shell.BeginStop(null, null), TaskScheduler.Default)));
        Assert.IsAssignableFrom<OperationCanceledException>(ended);
    }

    private static IEnumerable<object> Endless(SemaphoreSlim reading)
    {
        for (var i = 0; ; i++)
        {
            if (i == 10) reading.Release();
            yield return Rows.Device("A");
        }
    }

    private static IExchangeDirectory Create(CallerShell shell) =>
        ExchangeDirectoryFactory.Create(Ways.Of(new ExchangeSettings { Entrance = ExchangeEntrance.CallerRunspace }, shell), TimeProvider.System);

    private Task<CallerStreams> RunAsync(Func<IExchangeDirectory, CancellationToken, Task> work, string? prologue = null) => CallerShellHarness.RunAsync(
        _exchange,
        async (shell, token) =>
        {
            await using var directory = Create(shell);
            await work(directory, token);
        },
        prologue);
}
