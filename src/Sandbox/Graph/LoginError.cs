using System;
using System.Globalization;
using System.Text.Json.Nodes;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>A refusal of the sign-in service: an OAuth error with the service's own number and text.</summary>
internal sealed class LoginError(int status, string error, int code, string message) : Exception(message)
{
    public int Status => status;

    public string Error => error;

    public static LoginError UnknownTenant(string tenant) =>
        new(400, "invalid_request", 90002, $"Tenant '{tenant}' not found. Check that the tenant id is right and the cloud is the right one.");

    public static LoginError UnknownApplication(string client, string tenant) =>
        new(400, "unauthorized_client", 700016, $"Application with identifier '{client}' was not found in the directory '{tenant}'.");

    public static LoginError WrongSecret(string client) =>
        new(401, "invalid_client", 7000215, $"Invalid client secret provided for app '{client}'. Send the secret's value, not its id.");

    public static LoginError MissingCredential { get; } =
        new(401, "invalid_client", 7000218, "The request body must contain 'client_assertion' or 'client_secret'.");

    public static LoginError WrongAssertion(string client) =>
        new(401, "invalid_client", 700027, $"The certificate that signed the client assertion is not registered on application '{client}', or the signature is not its.");

    public static LoginError AssertionOutOfTime { get; } =
        new(401, "invalid_client", 700024, "The client assertion is not within its valid time range.");

    public static LoginError AssertionAudience { get; } =
        new(401, "invalid_client", 700023, "The audience of the client assertion is not this token endpoint.");

    public static LoginError UnknownResource(string scope) =>
        new(400, "invalid_resource", 500011, $"The resource principal of scope '{scope}' was not found in the tenant.");

    public static LoginError ScopeNotDefault(string scope) =>
        new(400, "invalid_scope", 1002012, $"The scope '{scope}' is not valid for client credentials; it must end with /.default.");

    public static LoginError UnsupportedGrant(string grant) => new(400, "unsupported_grant_type", 70003, $"The grant type '{grant}' is not supported.");

    public static LoginError NoPublicClient(string client) =>
        new(401, "invalid_client", 7000218, $"Application '{client}' does not allow public client flows.");

    public static LoginError AuthorizationPending { get; } =
        new(400, "authorization_pending", 70016, "The user has not finished signing in yet.");

    public static LoginError AuthorizationDeclined { get; } = new(400, "authorization_declined", 70018, "The user declined.");

    public static LoginError InvalidGrant { get; } = new(400, "invalid_grant", 70000, "The code or refresh token is expired, used or not ours.");

    public static LoginError DeviceCodeExpired { get; } = new(400, "expired_token", 70020, "The device code has expired.");

    public JsonObject ToJson(string correlationId, DateTimeOffset now)
    {
        string trace = new Guid(Convert.FromHexString(TokenIssuer.NewId())).ToString();
        string time = now.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ssZ", CultureInfo.InvariantCulture);
        return new JsonObject
        {
            ["error"] = error,
            ["error_description"] = string.Create(CultureInfo.InvariantCulture, $"AADSTS{code}: {Message} Trace ID: {trace} Correlation ID: {correlationId} Timestamp: {time}"),
            ["error_codes"] = new JsonArray(code),
            ["timestamp"] = time,
            ["trace_id"] = trace,
            ["correlation_id"] = correlationId,
        };
    }
}
