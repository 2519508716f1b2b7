using System;
using System.Linq;
using System.Net;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Configuration;
using IntuneExchangeConnector.Engine.Setup;
using Xunit;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>Passwords that a run without a person needs are kept, and given to whom they are for alone.</summary>
public sealed class KeptSecretsTests
{
    private static readonly CommandSecrets s_proxy = new() { ProxyCredential = new NetworkCredential("svc-proxy", "of the proxy") };

    [Fact]
    public void The_account_of_the_proxy_towards_a_hosted_organisation_comes_back_at_each_run()
    {
        MemorySecrets store = new();
        RecordingConsole console = new();
        KeptSecrets.Keep(store, "Hosted", s_proxy, console);

        var completed = KeptSecrets.Complete(store, Settings("proxy.contoso.com", "svc-proxy"), CommandSecrets.None);

        Assert.Empty(console.Warnings);
        Assert.Equal(("svc-proxy", "of the proxy"), (completed.ProxyCredential?.UserName, completed.ProxyCredential?.Password));
        Assert.Equal("given", KeptSecrets.Complete(store, Settings("proxy.contoso.com", "svc-proxy"), new CommandSecrets { ProxyCredential = new NetworkCredential("given", "x") }).ProxyCredential?.UserName);
        Assert.Null(KeptSecrets.Complete(store, Settings(null, "svc-proxy"), CommandSecrets.None).ProxyCredential);
    }

    [Theory]
    [InlineData(null, "svc-proxy", 0)]
    [InlineData("other.contoso.com", null, 0)]
    [InlineData("proxy.contoso.com", "svc-proxy", 1)]
    public void A_proxy_that_is_gone_or_has_no_account_any_more_takes_the_password_along(string? proxy, string? user, int kept)
    {
        MemorySecrets store = new();
        KeptSecrets.Keep(store, "Hosted", s_proxy, new RecordingConsole());

        KeptSecrets.Drop(store, Settings(proxy, user));

        Assert.Equal(kept, store.Kept.Count);
    }

    [Fact]
    public async Task An_installation_keeps_the_password_only_where_there_is_a_proxy()
    {
        using var connector = new SimulatedConnector();

        await connector.InstallAsync(secrets: s_proxy);

        Assert.DoesNotContain((SimulatedConnector.Name, SecretPurpose.ProxyCredential), connector.Secrets.Kept.Keys);
    }

    [Fact]
    public void An_account_that_nothing_needs_yet_is_not_kept_and_its_giver_is_told()
    {
        MemorySecrets store = new();
        RecordingConsole console = new();

        KeptSecrets.Keep(store, "Hosted", new CommandSecrets { NotificationCredential = new NetworkCredential("svc-notice", "of the mailbox") }, console);

        Assert.Empty(store.Kept);
        Assert.Contains("-NotificationCredential is not kept", Assert.Single(console.Warnings), StringComparison.Ordinal);
    }

    private static ConnectorSettings Settings(string? proxy, string? user) => new()
    {
        Name = "Hosted",
        Organization = "CN=Hosted",
        Exchange = new ExchangeSettings { Entrance = ExchangeEntrance.OwnSession, Uri = new Uri("https://hosted.example.com/PowerShell/"), ProxyServer = proxy, ProxyUserName = user },
        Tenant = new TenantSettings { TenantId = "contoso.example", ClientId = "00000000-0000-0000-0000-000000000001", Method = SignInMethod.AccessToken },
    };
}
