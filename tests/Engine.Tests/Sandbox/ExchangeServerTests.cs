using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

/// <summary>Several servers of one organisation, each at an address of its own.</summary>
public sealed class ExchangeServerTests
{
    private static readonly SandboxOptions s_small = new() { World = new WorldOptions { Partnerships = 20 }, PreparedSessions = 0 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Servers_differ_in_the_host_of_their_address_and_serve_one_organisation()
    {
        await using SandboxHost host = await SandboxHost.StartAsync(s_small, Cancellation);
        await host.StartServersAsync(cancellationToken: Cancellation);

        Assert.Equal(["EX1", "EX2", "EX3"], host.Endpoints.Select(e => e.ServerName));
        Assert.Equal(host.ExchangeUri, host.UriOf(host.Endpoints[0]));
        Assert.Equal(
            [$"pipe://ex1.contoso.com/{host.Instance}", $"pipe://ex2.contoso.com/{host.Instance}", $"pipe://ex3.contoso.com/{host.Instance}"],
            host.Endpoints.Select(e => host.UriOf(e).ToString()));
        Assert.Equal(host.Endpoints.Select(e => $"{host.Instance}.{host.UriOf(e).Host}"), host.Endpoints.Select(e => e.PipeName));

        using Runspace first = await SandboxHost.OpenRunspaceAsync(host.Endpoints[0], Cancellation);
        using Runspace third = await SandboxHost.OpenRunspaceAsync(host.Endpoints[2], Cancellation);
        ExchangeSessionFixture.Run(third, "Set-CASMailbox", ("Identity", WorldNames.Ordinary), ("ActiveSyncEnabled", false)).Succeeds();
        Assert.Equal(false, ExchangeSessionFixture.Run(first, "Get-CASMailbox", ("Identity", WorldNames.Ordinary)).Single.Properties["ActiveSyncEnabled"].Value);
        Assert.Equal([("Get-CASMailbox", "EX1"), ("Set-CASMailbox", "EX3")], host.Commands().Select(c => (c.Name, c.Server)).Order());
        Assert.Equal("EX3", third.GetApplicationPrivateData()["ServerName"]);
    }

    [Fact]
    public async Task A_server_that_was_taken_away_can_be_started_again_at_its_address()
    {
        await using SandboxHost host = await SandboxHost.StartAsync(s_small, Cancellation);
        string pipe = host.Exchange.PipeName;
        await host.Exchange.DisposeAsync();
        using (Runspace gone = RunspaceFactory.CreateRunspace(new NamedPipeConnectionInfo(pipe) { OpenTimeout = 300 }))
            Assert.ThrowsAny<Exception>(gone.Open);

        await host.StartServerAsync("ex1", Cancellation);

        Assert.Equal(pipe, Assert.Single(host.Endpoints).PipeName);
        using Runspace back = await host.OpenRunspaceAsync(Cancellation);
        ExchangeSessionFixture.Run(back, "Get-ExchangeServer").Succeeds();
    }

    [Fact]
    public async Task Versions_and_roles_are_told_as_each_release_tells_them()
    {
        SandboxOptions all = s_small with { World = s_small.World with { HasExchange2013 = true, HasExchange2010 = true, HasEdgeServer = true } };
        await using SandboxHost host = await SandboxHost.StartAsync(all, Cancellation);
        using Runspace runspace = await host.OpenRunspaceAsync(Cancellation);

        IReadOnlyList<PSObject> servers = ExchangeSessionFixture.Run(runspace, "Get-ExchangeServer").Objects;

        Assert.Equal(
            [
                "EX1|Version 15.2 (Build 2562.17)|Mailbox|CMHF",
                "EX2|Version 15.2 (Build 1748.10)|Mailbox|CMHF",
                "EX3|Version 15.1 (Build 2507.6)|Mailbox|CMHUF",
                "CAS13|Version 15.0 (Build 1497.2)|ClientAccess|CF",
                "MBX13|Version 15.0 (Build 1497.2)|Mailbox|MHU",
                "EX10|Version 14.3 (Build 513.0)|Mailbox, ClientAccess, HubTransport|CMH",
                "EDGE1|Version 15.2 (Build 1748.10)|Edge|E",
            ],
            servers.Select(s => string.Join('|', s.Properties["Name"].Value, s.Properties["AdminDisplayVersion"].Value, s.Properties["ServerRole"].Value, Roles(s))));
        Assert.Equal(["EX10"], servers.Where(s => s.Properties["IsE15OrLater"].Value is false).Select(s => s.Properties["Name"].Value));
    }

    [Fact]
    public async Task Servers_that_offer_no_sessions_are_not_started()
    {
        SandboxOptions all = s_small with { World = s_small.World with { HasExchange2013 = true, HasExchange2010 = true, HasEdgeServer = true } };
        await using SandboxHost host = await SandboxHost.StartAsync(all, Cancellation);

        await host.StartServersAsync(2, Cancellation);
        Assert.Equal(2, host.Endpoints.Count);
        await host.StartServersAsync(cancellationToken: Cancellation);

        Assert.Equal(["EX1", "EX2", "EX3", "CAS13", "EX10"], host.Endpoints.Select(e => e.ServerName));
        await Assert.ThrowsAsync<ArgumentException>(() => host.StartServerAsync(WorldNames.Mailbox2013, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => host.StartServerAsync(WorldNames.EdgeServer, Cancellation));
        await Assert.ThrowsAsync<ArgumentException>(() => host.StartServerAsync("EX99", Cancellation));
    }

    private static string Roles(PSObject server)
    {
        (string Property, char Letter)[] roles =
        [
            ("IsClientAccessServer", 'C'), ("IsMailboxServer", 'M'), ("IsHubTransportServer", 'H'),
            ("IsUnifiedMessagingServer", 'U'), ("IsFrontendTransportServer", 'F'), ("IsEdgeServer", 'E'),
        ];
        return string.Concat(roles.Where(r => server.Properties[r.Property].Value is true).Select(r => r.Letter));
    }
}
