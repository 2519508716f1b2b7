using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

public sealed class ExchangeTransportTests
{
    private static readonly SandboxOptions s_small = new() { World = new WorldOptions { Partnerships = 20 }, PreparedSessions = 0 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("1+1")]
    [InlineData("$PSVersionTable")]
    [InlineData("Get-ExchangeServer | ForEach-Object { $_ }")]
    [InlineData("& { Get-ExchangeServer }")]
    public async Task A_session_has_no_language_from_its_first_command(string script)
    {
        await using SandboxHost host = await SandboxHost.StartAsync(s_small, Cancellation);
        using Runspace runspace = await host.OpenRunspaceAsync(Cancellation);

        ErrorRecord? failure = ExchangeSessionFixture.Run(runspace, shell => shell.AddScript(script)).Failure;

        Assert.NotNull(failure);
        Assert.Equal("ScriptsNotAllowed", failure.FullyQualifiedErrorId);
        Assert.Equal("ParseException", failure.CategoryInfo.Reason);
        Assert.Equal(ErrorCategory.ParserError, failure.CategoryInfo.Category);
    }

    [Fact]
    public async Task Objects_come_back_deserialised_and_without_methods()
    {
        await using SandboxHost host = await SandboxHost.StartAsync(s_small, Cancellation);
        using Runspace runspace = await host.OpenRunspaceAsync(Cancellation);

        PSObject server = ExchangeSessionFixture.Run(runspace, "Get-ExchangeServer", ("Identity", WorldNames.FirstServer)).Single;

        Assert.Equal(
            [
                "Deserialized.Microsoft.Exchange.Data.Directory.Management.ExchangeServer",
                "Deserialized.Microsoft.Exchange.Data.Directory.Management.ADPresentationObject",
                "Deserialized.Microsoft.Exchange.Data.Directory.ADObject",
                "Deserialized.Microsoft.Exchange.Data.Directory.ADRawEntry",
                "Deserialized.Microsoft.Exchange.Data.ConfigurableObject",
                "Deserialized.System.Object",
            ],
            server.TypeNames);
        Assert.DoesNotContain(server.Methods, m => m.Name == "Refresh");
    }

    [Fact]
    public async Task Each_session_is_a_process_and_all_of_them_share_the_organisation()
    {
        await using SandboxHost host = await SandboxHost.StartAsync(s_small, Cancellation);
        using Runspace first = await host.OpenRunspaceAsync(Cancellation);
        using Runspace second = await host.OpenRunspaceAsync(Cancellation);
        Assert.Equal(2, host.Exchange.OpenSessions);

        ExchangeSessionFixture.Run(first, "Set-ActiveSyncOrganizationSettings", ("DefaultAccessLevel", "Quarantine")).Succeeds();

        PSObject seen = ExchangeSessionFixture.Run(second, "Get-ActiveSyncOrganizationSettings").Single;
        Assert.Equal("Quarantine", ExchangeAnswer.Text(seen, "DefaultAccessLevel"));
        Assert.True(host.State.Refresh());
        Assert.Equal("Quarantine", host.State.World.OrganizationSettings.DefaultAccessLevel);
        Assert.Equal(2, Processes(host).Count);
    }

    [Fact]
    public async Task One_session_too_many_is_refused_in_Exchanges_words_and_finds_room_once_another_has_closed()
    {
        await using SandboxHost host = await SandboxHost.StartAsync(s_small with { Exchange = new ExchangeOptions { SessionLimit = 2 } }, Cancellation);
        Runspace first = await host.OpenRunspaceAsync(Cancellation);
        using Runspace second = await host.OpenRunspaceAsync(Cancellation);

        PSRemotingTransportException refused = await Assert.ThrowsAsync<PSRemotingTransportException>(() => host.OpenRunspaceAsync(Cancellation));
        Assert.Contains("exceeded the maximum number of connections allowed : 2 for the policy party : MaxConcurrency", refused.Message);
        Assert.Contains("ActiveRunspaces: 2/2", refused.Message);

        first.Dispose();
        using Runspace third = await host.OpenRunspaceAsync(Cancellation);
        Assert.NotEmpty(ExchangeSessionFixture.Run(third, "Get-ExchangeServer").Objects);
    }

    [Fact]
    public async Task An_endpoint_for_another_server_serves_the_same_organisation_under_its_name()
    {
        await using SandboxHost host = await SandboxHost.StartAsync(s_small, Cancellation);
        ExchangeEndpoint other = await host.StartServerAsync(WorldNames.SecondServer, Cancellation);
        using (Runspace runspace = RunspaceFactory.CreateRunspace(new NamedPipeConnectionInfo(other.PipeName)))
        {
            runspace.Open();
            ErrorRecord error = ExchangeSessionFixture.Run(runspace, "Get-CASMailbox", ("Identity", "nobody")).Fails("ManagementObjectNotFoundException");
            Assert.StartsWith($"[Server={WorldNames.SecondServer},RequestId=", error.FullyQualifiedErrorId);
        }

        await other.DisposeAsync();
        using Runspace late = RunspaceFactory.CreateRunspace(new NamedPipeConnectionInfo(other.PipeName) { OpenTimeout = 300 });
        Assert.ThrowsAny<Exception>(late.Open);
    }

    [Fact]
    public async Task Closing_the_sandbox_leaves_no_process_no_folder_and_no_pipe_behind()
    {
        // A process of the same number that was killed some time ago may have left its own behind.
        string[] before = Directory.GetFiles(Path.GetTempPath());
        SandboxHost host = await SandboxHost.StartAsync(s_small with { PreparedSessions = 1 }, Cancellation);
        using Runspace first = await host.OpenRunspaceAsync(Cancellation);
        using Runspace second = await host.OpenRunspaceAsync(Cancellation);
        ExchangeSessionFixture.Run(first, "Get-ExchangeServer").Succeeds();
        ExchangeSessionFixture.Run(second, "Get-ExchangeServer").Succeeds();
        IReadOnlyList<int> processes = Processes(host);
        Assert.Equal(2, processes.Count);

        await host.DisposeAsync();

        Assert.All(processes, id => Assert.Throws<ArgumentException>(() => Process.GetProcessById(id)));
        Assert.False(Directory.Exists(host.StateFolder));
        Assert.Empty(Directory.GetFiles(Path.GetTempPath(), $"*{host.Exchange.PipeName}*"));
        Assert.Empty(processes.SelectMany(id => Directory.GetFiles(Path.GetTempPath(), $"*-{id}-*")).Except(before));
    }

    [Fact]
    public async Task A_session_process_ends_with_its_standard_input()
    {
        await using SandboxHost host = await SandboxHost.StartAsync(s_small, Cancellation);
        ProcessStartInfo start = new("dotnet") { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["DOTNET_EnableDiagnostics"] = "0";
        foreach (string word in (string[])["exec", typeof(SandboxHost).Assembly.Location, "endpoint", "--state", host.StateFolder])
            start.ArgumentList.Add(word);

        using Process process = Process.Start(start)!;
        process.StandardInput.Close();
        await process.WaitForExitAsync(Cancellation);

        Assert.True(process.HasExited);
    }

    [Fact]
    public async Task A_process_that_cannot_start_says_why_to_the_client()
    {
        await using SandboxHost host = await SandboxHost.StartAsync(s_small, Cancellation);
        File.WriteAllText(Path.Combine(host.StateFolder, "world.json"), "no world");

        PSRemotingTransportException refused = await Assert.ThrowsAsync<PSRemotingTransportException>(() => host.OpenRunspaceAsync(Cancellation));

        Assert.Contains("JsonException", refused.Message);
    }

    // Each process logs its commands in a file that carries its number.
    private static IReadOnlyList<int> Processes(SandboxHost host) =>
        [.. Directory.GetFiles(host.StateFolder, "commands-*.log").Select(f => int.Parse(Path.GetFileNameWithoutExtension(f)["commands-".Length..], System.Globalization.CultureInfo.InvariantCulture))];
}
