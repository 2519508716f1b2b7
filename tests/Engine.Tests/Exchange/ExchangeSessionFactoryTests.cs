using System;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;
using System.Net;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Sessions;
using IntuneExchangeConnector.Engine.Tests.Exchange.Support;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Exchange;

public sealed class ExchangeSessionFactoryTests
{
    private static readonly NetworkCredential s_domainAccount = new("svc", "secret", "CONTOSO");
    private static readonly NetworkCredential s_hostedAccount = new("svc@contoso.com", "secret");

    [Fact]
    public void Http_is_kerberos_to_the_exchange_endpoint_in_one_language()
    {
        var connection = Assert.IsType<WSManConnectionInfo>(Connect("http://ex1.contoso.com/PowerShell/", s_hostedAccount));
        Assert.Equal("http://schemas.microsoft.com/powershell/Microsoft.Exchange", connection.ShellUri);
        Assert.Equal(AuthenticationMechanism.Kerberos, connection.AuthenticationMechanism);
        Assert.Equal(new Uri("http://ex1.contoso.com/PowerShell/").AbsolutePath, connection.ConnectionUri.AbsolutePath);
        Assert.Equal("en-US", connection.UICulture.Name);
        Assert.Equal(0, connection.MaximumConnectionRedirectionCount);
        Assert.Equal(ProxyAccessType.None, connection.ProxyAccessType);
    }

    [Fact]
    public void Https_negotiates_and_takes_an_account_given_by_its_address_as_basic()
    {
        Assert.Equal(AuthenticationMechanism.Negotiate, Connect("https://ex1.contoso.com/PowerShell/", null).AuthenticationMechanism);
        var domain = Connect("https://ex1.contoso.com/PowerShell/", s_domainAccount);
        Assert.Equal(AuthenticationMechanism.Negotiate, domain.AuthenticationMechanism);
        Assert.Equal("CONTOSO\\svc", domain.Credential.UserName);
        Assert.Equal(AuthenticationMechanism.Basic, Connect("https://hosted.example.com/PowerShell/", s_hostedAccount).AuthenticationMechanism);
    }

    [Fact]
    public void A_proxy_is_the_one_that_the_computer_is_configured_with()
    {
        var connection = Assert.IsType<WSManConnectionInfo>(ExchangeSessionFactory.ConnectionTo(
            Settings("https://hosted.example.com/PowerShell/") with { ProxyServer = "proxy.contoso.com", ProxyPort = 3128 }, s_hostedAccount, new NetworkCredential("p", "secret", "CONTOSO")));
        Assert.Equal(ProxyAccessType.WinHttpConfig, connection.ProxyAccessType);
        Assert.Equal("CONTOSO\\p", connection.ProxyCredential.UserName);
    }

    [Fact]
    public void A_pipe_is_named_by_its_path_and_by_the_server_that_it_stands_for()
    {
        Assert.Equal("exchange-1", PipeOf("pipe://localhost/exchange-1"));
        Assert.Equal("exchange-1.ex2.contoso.com", PipeOf("pipe://EX2.contoso.com/exchange-1"));
    }

    [Theory]
    [InlineData("ftp://ex1.contoso.com/PowerShell/")]
    [InlineData("pipe://192.0.2.7/exchange-1")]
    [InlineData("pipe://ex2.contoso.com/")]
    [InlineData("pipe://localhost/")]
    [InlineData("pipe://localhost/a/b")]
    [InlineData("https://svc:secret@hosted.example.com/PowerShell/")]
    public void An_address_that_nothing_speaks_to_is_refused_without_its_secrets(string address)
    {
        var failure = Assert.Throws<ConnectorException>(() => Connect(address, null));
        Assert.Equal(ErrorIds.InvalidParameter, failure.ErrorId);
        Assert.DoesNotContain("secret", failure.Message + failure.Target + failure.Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void Own_sessions_without_an_address_are_refused() =>
        Assert.Equal(ErrorIds.InvalidParameter, Assert.Throws<ConnectorException>(() => Create(new() { Entrance = ExchangeEntrance.OwnSession }, null)).ErrorId);

    [Fact]
    public void A_way_in_that_needs_the_caller_is_refused_without_what_it_needs()
    {
        CallerShell empty = new([], _ => Task.CompletedTask);
        Assert.Equal(ErrorIds.ExchangeSessionInvalid, Assert.Throws<ConnectorException>(() => Create(new() { Entrance = ExchangeEntrance.CallerSession }, empty)).ErrorId);
        Assert.Equal(ErrorIds.ExchangeSessionInvalid, Assert.Throws<ConnectorException>(() => Create(new() { Entrance = ExchangeEntrance.CallerRunspace }, null)).ErrorId);
    }

    [Theory]
    [InlineData(nameof(ExchangeEntrance.OwnSession))]
    [InlineData(nameof(ExchangeEntrance.CallerSession))]
    [InlineData(nameof(ExchangeEntrance.CallerRunspace))]
    public void Passed_sessions_win_and_have_to_be_sessions(string entrance)
    {
        CallerShell shell = new(["not a session"], _ => Task.CompletedTask);
        var settings = Settings("http://ex1.contoso.com/PowerShell/") with { Entrance = Enum.Parse<ExchangeEntrance>(entrance) };
        Assert.Equal(ErrorIds.ExchangeSessionInvalid, Assert.Throws<ConnectorException>(() => Create(settings, shell)).ErrorId);
    }

    [Fact]
    public async Task A_pipe_that_nobody_serves_is_unreachable()
    {
        await using var directory = Create(Settings("pipe://localhost/nobody-serves-this-pipe"), null);
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => directory.ConnectAsync(CancellationToken.None));
        Assert.Equal((ErrorIds.ExchangeUnreachable, "localhost"), (failure.ErrorId, failure.Target));
    }

    private static string PipeOf(string address) => Assert.IsType<NamedPipeConnectionInfo>(Connect(address, null)).CustomPipeName;

    private static RunspaceConnectionInfo Connect(string address, NetworkCredential? credential) => ExchangeSessionFactory.ConnectionTo(Settings(address), credential, null);

    private static IExchangeDirectory Create(ExchangeSettings settings, CallerShell? shell) => ExchangeDirectoryFactory.Create(Ways.Of(settings, shell), TimeProvider.System);

    private static ExchangeSettings Settings(string address) => new() { Entrance = ExchangeEntrance.OwnSession, Uri = new Uri(address) };
}
