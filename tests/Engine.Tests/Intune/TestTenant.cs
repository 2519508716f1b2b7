using System;
using System.Net;
using System.Net.Http;
using System.Security;
using System.Text;
using System.Text.Json;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Intune;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

internal static class TestTenant
{
    public const string Token = "opaque-token-of-the-test";

    public static readonly DateTimeOffset Now = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    public static readonly TenantSettings Settings = new()
    {
        TenantId = "contoso.com",
        ClientId = "5a0db0c5-7d5e-4c0a-9f9e-0c0c0f1d2e3a",
        Method = SignInMethod.AccessToken,
        Environment = CloudEnvironment.Custom,
        GraphEndpoint = new Uri("https://graph.test"),
        LoginEndpoint = new Uri("https://login.test"),
    };

    public static readonly GraphRetryOptions Patience = new() { IdleLimit = TimeSpan.FromDays(1), AttemptLimit = TimeSpan.FromDays(1) };

    public static SecureString Secure(string text) => new NetworkCredential("", text).SecurePassword;

    public static string Jwt(DateTimeOffset? expires, Guid? tenant = null) => string.Join(
        ".",
        Base64Url("""{"alg":"none"}"""),
        Base64Url(JsonSerializer.Serialize(new { exp = expires?.ToUnixTimeSeconds(), tid = tenant })),
        "c2lnbmF0dXJl");

    public static GraphDeviceSource Source(
        HttpMessageHandler transport,
        TimeProvider? time = null,
        RecordingConsole? console = null,
        AccessPolicy? policy = null,
        GraphRetryOptions? patience = null,
        string token = Token)
    {
        var clock = time ?? new ImpatientTime(Now);
        return ManagedDeviceSourceFactory.Create(
            Settings, Secure(token), null, console ?? new RecordingConsole(), clock, policy, patience ?? Patience, login => new GraphHttp(clock, login, transport));
    }

    private static string Base64Url(string text) => Convert.ToBase64String(Encoding.UTF8.GetBytes(text)).TrimEnd('=').Replace('+', '-').Replace('/', '_');
}
