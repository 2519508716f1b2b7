using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

/// <summary>Each server has a domain controller of its own, and what one took the others learn later.</summary>
public sealed class ExchangeReplicationTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_change_is_known_at_once_where_it_was_made_and_elsewhere_after_so_many_commands()
    {
        await using SandboxHost host = await StartAsync(replication: 2);
        using Runspace first = await host.OpenRunspaceAsync(Cancellation);
        using Runspace second = await SandboxHost.OpenRunspaceAsync(host.Endpoints[1], Cancellation);

        Allow(first, "A1").Succeeds();

        Assert.Equal(("(null)", "dc2.contoso.com"), Allowed(second));
        Assert.Equal(("A1", "dc1.contoso.com"), Allowed(first));
        Assert.Equal(("A1", "dc2.contoso.com"), Allowed(second));
        host.State.Refresh();
        Assert.Equal(1, host.State.Version);
    }

    [Fact]
    public async Task A_command_can_name_the_controller_that_answers_it()
    {
        await using SandboxHost host = await StartAsync(replication: 100);
        using Runspace first = await host.OpenRunspaceAsync(Cancellation);
        using Runspace second = await SandboxHost.OpenRunspaceAsync(host.Endpoints[1], Cancellation);

        Allow(second, "B1", ("DomainController", "dc1.contoso.com")).Succeeds();

        Assert.Equal(("B1", "dc1.contoso.com"), Allowed(first));
        Assert.Equal(("(null)", "dc2.contoso.com"), Allowed(second));
        Assert.Equal(("B1", "dc1.contoso.com"), Allowed(second, ("DomainController", "DC1.contoso.com")));
        Assert.Equal(("(null)", "dc2.contoso.com"), Allowed(second, ("ReadFromDomainController", true)));

        ExchangeSessionFixture.Run(second, "Set-ADServerSettings", ("PreferredServer", "dc1.contoso.com")).Succeeds();
        Assert.Equal(("B1", "dc1.contoso.com"), Allowed(second));
        ErrorRecord error = ExchangeSessionFixture.Run(second, "Get-CASMailbox", ("DomainController", "dc99.contoso.com")).Fails("SuitabilityDirectoryException");
        Assert.Contains("'dc99.contoso.com'", error.Exception.Message);
    }

    [Fact]
    public async Task Two_controllers_that_took_changes_agree_in_the_end()
    {
        await using SandboxHost host = await StartAsync(replication: 1);
        using Runspace first = await host.OpenRunspaceAsync(Cancellation);
        using Runspace second = await SandboxHost.OpenRunspaceAsync(host.Endpoints[1], Cancellation);

        Allow(first, "A1").Succeeds();
        Allow(second, "B1").Succeeds();
        ExchangeSessionFixture.Run(first, "Get-ExchangeServer").Succeeds();
        ExchangeSessionFixture.Run(first, "Get-ExchangeServer").Succeeds();

        Assert.Equal("A1 B1", Allowed(first).Ids);
        Assert.Equal("B1 A1", Allowed(second).Ids);
    }

    [Fact]
    public async Task Without_delay_all_controllers_know_all_and_tell_their_own_names()
    {
        await using SandboxHost host = await StartAsync(replication: 0);
        using Runspace first = await host.OpenRunspaceAsync(Cancellation);
        using Runspace second = await SandboxHost.OpenRunspaceAsync(host.Endpoints[1], Cancellation);

        Allow(first, "A1").Succeeds();

        Assert.Equal(("A1", "dc2.contoso.com"), Allowed(second));
        Assert.Equal(("A1", "dc3.contoso.com"), Allowed(second, ("DomainController", "dc3.contoso.com")));
        Assert.Equal(("A1", "dc1.contoso.com"), Allowed(first));
    }

    private static async Task<SandboxHost> StartAsync(int replication)
    {
        SandboxHost host = await SandboxHost.StartAsync(
            new SandboxOptions { World = new WorldOptions { Partnerships = 20 }, Exchange = new ExchangeOptions { ReplicationCommands = replication } },
            Cancellation);
        await host.StartServerAsync(WorldNames.SecondServer, Cancellation);
        return host;
    }

    private static ExchangeAnswer Allow(Runspace runspace, string id, params (string, object?)[] more) =>
        ExchangeSessionFixture.Run(runspace, "Set-CASMailbox", [("Identity", WorldNames.Ordinary), ("ActiveSyncAllowedDeviceIDs", new Hashtable { ["Add"] = id }), .. more]);

    private static (string Ids, string Controller) Allowed(Runspace runspace, params (string, object?)[] more)
    {
        PSObject mailbox = ExchangeSessionFixture.Run(runspace, "Get-CASMailbox", [("Identity", WorldNames.Ordinary), .. more]).Single;
        string ids = string.Join(' ', ExchangeAnswer.List(mailbox, "ActiveSyncAllowedDeviceIDs"));
        return (ids.Length == 0 ? "(null)" : ids, ExchangeAnswer.Text(mailbox, "OriginatingServer"));
    }
}
