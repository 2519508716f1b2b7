using System;
using System.Security;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Engine.Intune;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

public sealed class FixedTokenSourceTests
{
    private readonly FakeTimeProvider _time = new(TestTenant.Now);

    [Fact]
    public async Task A_token_that_has_expired_is_not_even_sent()
    {
        using var tokens = Tokens(TestTenant.Jwt(TestTenant.Now.AddMinutes(-1)));

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => tokens.GetTokenAsync(null, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.AccessTokenExpired, failure.ErrorId);
        Assert.Contains("2026-11-02 07:59:00 UTC", failure.Message);
    }

    [Fact]
    public async Task A_token_that_expires_during_a_run_is_given_until_then()
    {
        var text = TestTenant.Jwt(TestTenant.Now.AddMinutes(1));
        using var tokens = Tokens(text);

        Assert.Equal(text, await tokens.GetTokenAsync(null, TestContext.Current.CancellationToken));
        _time.Advance(TimeSpan.FromMinutes(1));
        var failure = await Assert.ThrowsAsync<ConnectorException>(() => tokens.GetTokenAsync(text, TestContext.Current.CancellationToken));

        Assert.Contains("expired at 2026-11-02 08:01:00 UTC", failure.Message);
    }

    [Fact]
    public async Task A_valid_token_that_graph_refuses_says_both()
    {
        var text = TestTenant.Jwt(TestTenant.Now.AddHours(1));
        using var tokens = Tokens(text);

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => tokens.GetTokenAsync(text, TestContext.Current.CancellationToken));

        Assert.Equal(ErrorIds.AccessTokenExpired, failure.ErrorId);
        Assert.Contains("refuses", failure.Message);
        Assert.Contains("2026-11-02 09:00:00 UTC", failure.Message);
    }

    [Theory]
    [InlineData("opaque")]
    [InlineData("a.b.c")]
    [InlineData("a.b.c.d.e")]
    [InlineData("eyJhbGciOiJub25lIn0.W10.x")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJleHAiOiJzb29uIn0.x")]
    [InlineData("eyJhbGciOiJub25lIn0.eyJleHAiOjFlMzB9.x")]
    public async Task A_token_that_does_not_say_when_it_ends_is_used_as_it_is(string text)
    {
        using var tokens = Tokens(text);

        Assert.Equal(text, await tokens.GetTokenAsync(null, TestContext.Current.CancellationToken));
        Assert.Equal(ErrorIds.AccessTokenExpired, (await Assert.ThrowsAsync<ConnectorException>(() => tokens.GetTokenAsync(text, TestContext.Current.CancellationToken))).ErrorId);
    }

    [Theory]
    [InlineData("two words")]
    [InlineData("line\r\nX-Injected: 1")]
    [InlineData("\"quoted\"")]
    [InlineData("Bearer abc")]
    public void A_text_that_is_no_token_is_refused_and_not_repeated(string text)
    {
        var failure = Assert.Throws<ConnectorException>(() => Tokens(text));

        Assert.Equal(ErrorIds.InvalidParameter, failure.ErrorId);
        Assert.DoesNotContain(text, failure.ToString() + failure.Remedy + failure.Target);
    }

    [Fact]
    public async Task A_line_break_at_the_end_is_forgiven()
    {
        using var tokens = Tokens("abc\n");

        Assert.Equal("abc", await tokens.GetTokenAsync(null, TestContext.Current.CancellationToken));
    }

    [Fact]
    public void An_empty_token_is_a_missing_one() =>
        Assert.Equal(ErrorIds.AccessTokenRequired, Assert.Throws<ConnectorException>(() => new FixedTokenSource(new SecureString(), _time)).ErrorId);

    [Fact]
    public void A_token_of_another_tenant_is_refused()
    {
        var (ours, theirs) = (new Guid("aaaaaaaa-0000-0000-0000-000000000001"), new Guid("aaaaaaaa-0000-0000-0000-000000000002"));
        using var token = TestTenant.Secure(TestTenant.Jwt(TestTenant.Now.AddHours(1), theirs));

        var failure = Assert.Throws<ConnectorException>(() => new FixedTokenSource(token, _time, TestTenant.Settings with { TenantId = ours.ToString("B") }));

        Assert.Equal((ErrorIds.InvalidParameter, "AccessToken"), (failure.ErrorId, failure.Target));
        Assert.Contains(theirs.ToString(), failure.Message);
        Assert.Contains(ours.ToString(), failure.Message);
        Assert.Contains("tenant", failure.Remedy);
    }

    [Theory]
    [InlineData("aaaaaaaa-0000-0000-0000-000000000002")]
    [InlineData("AAAAAAAA-0000-0000-0000-000000000002")]
    [InlineData("contoso.com")]
    public async Task A_token_of_the_connectors_tenant_is_taken(string tenant)
    {
        var text = TestTenant.Jwt(TestTenant.Now.AddHours(1), new Guid("aaaaaaaa-0000-0000-0000-000000000002"));
        using var tokens = new FixedTokenSource(TestTenant.Secure(text), _time, TestTenant.Settings with { TenantId = tenant });

        Assert.Equal(text, await tokens.GetTokenAsync(null, TestContext.Current.CancellationToken));
    }

    private FixedTokenSource Tokens(string text) => new(TestTenant.Secure(text), _time);
}
