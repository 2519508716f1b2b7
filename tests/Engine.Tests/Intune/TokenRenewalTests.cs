using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Sandbox.Graph;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

/// <summary>A token that ends in the middle of a list: the list is read on with the next one, and no row is lost.</summary>
public sealed class TokenRenewalTests : IDisposable
{
    private readonly TestCertificates _files = new();
    private readonly X509Certificate2 _certificate;

    public TokenRenewalTests() => _certificate = _files.Create();

    public void Dispose()
    {
        _certificate.Dispose();
        _files.Dispose();
    }

    [Fact]
    public async Task A_token_that_ends_between_two_pages_is_renewed_before_the_next()
    {
        await using var tenant = await StartAsync(TimeProvider.System);
        var pages = new PageWatch(tenant.Trusting(), afterPage: 2, () => tenant.Time.Advance(TimeSpan.FromMinutes(56)));
        using var source = Source(tenant, pages, SignInMethod.CertificateFile);

        var snapshot = await source.ReadAsync(tenant.Policy, tenant.Console, TestContext.Current.CancellationToken);

        Assert.Equal(tenant.World.ManagedDevices.Count, snapshot.ManagedDevices.Count);
        Assert.Null(snapshot.Incomplete);
        Assert.True(pages.Tokens.Count > 3, "The list has too few pages.");
        Assert.Single(pages.Tokens.Take(2).Distinct());
        Assert.DoesNotContain(pages.Tokens[0], pages.Tokens.Skip(2));
        // Graph itself never had to refuse one.
        Assert.Equal(pages.Tokens.Count, tenant.Endpoint.Requests.Count(GraphRoute.ManagedDevices));
        Assert.DoesNotContain(401, pages.Statuses);
    }

    [Fact]
    public async Task A_token_that_graph_lets_end_between_two_pages_is_renewed_and_the_page_asked_for_again()
    {
        var clock = new ImpatientTime(TimeProvider.System.GetUtcNow());
        await using var tenant = await StartAsync(clock);
        // The server's clock alone moves on: the client learns of the end by Graph's refusal.
        var pages = new PageWatch(tenant.Trusting(), afterPage: 2, () => clock.Advance(TimeSpan.FromHours(2)));
        using var source = Source(tenant, pages, SignInMethod.DeviceCode);

        var snapshot = await source.ReadAsync(tenant.Policy, tenant.Console, TestContext.Current.CancellationToken);

        Assert.Equal(tenant.World.ManagedDevices.Count, snapshot.ManagedDevices.Count);
        Assert.Null(snapshot.Incomplete);
        Assert.Equal(1, pages.Statuses.Count(status => status == 401));
        Assert.Single(tenant.Console.Prompts);
    }

    private static GraphDeviceSource Source(SandboxTenant tenant, HttpMessageHandler transport, SignInMethod method, string? path = null) => ManagedDeviceSourceFactory.Create(
        tenant.Settings with { Method = method, CertificatePath = path },
        null,
        null,
        tenant.Console,
        tenant.Time,
        null,
        TestTenant.Patience,
        login => new GraphHttp(tenant.Time, login, transport));

    private GraphDeviceSource Source(SandboxTenant tenant, PageWatch pages, SignInMethod method) => Source(tenant, pages, method, method == SignInMethod.CertificateFile ? _files.Pfx(_certificate, null) : null);

    private Task<SandboxTenant> StartAsync(TimeProvider clock) => SandboxTenant.StartAsync(new()
    {
        ManagedDevicePageSize = 30,
        Time = clock,
        DeviceCodePendingPolls = 0,
        Applications = [GraphEndpointOptions.DefaultApplication with { Certificates = [_certificate] }],
    });

    /// <summary>Notes the token and the status of every page of managed devices, and does something after one of them.</summary>
    private sealed class PageWatch(HttpMessageHandler inner, int afterPage, Action act) : DelegatingHandler(inner)
    {
        private readonly List<string> _tokens = [];
        private readonly List<int> _statuses = [];

        public IReadOnlyList<string> Tokens => _tokens;

        public IReadOnlyList<int> Statuses => _statuses;

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            var isPage = request.RequestUri!.AbsolutePath.EndsWith("/managedDevices", StringComparison.Ordinal);
            var response = await base.SendAsync(request, cancellationToken);
            if (!isPage) return response;
            _tokens.Add(request.Headers.Authorization!.Parameter!);
            _statuses.Add((int)response.StatusCode);
            if (_tokens.Count == afterPage) act();
            return response;
        }
    }
}
