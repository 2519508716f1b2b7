using System;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>The sign-in service of the tenant: who may have which token.</summary>
internal sealed class LoginService(Uri endpoint, Guid tenantId, string domainName, GraphEndpointOptions options, TokenIssuer issuer)
{
    private sealed record DeviceCode(Guid ClientId, string Scope, DateTimeOffset Expires)
    {
        public int Polls;
    }

    private readonly ConcurrentDictionary<string, DeviceCode> _deviceCodes = [];
    private readonly ConcurrentDictionary<string, (Guid ClientId, string Scope)> _refreshTokens = [];
    private readonly SignedInUser _administrator = new(new Guid("0d6a1f4e-2f7c-4b0e-9b4f-6d5a1c7e9f10"), $"admin@{domainName}");

    private string Resource => endpoint.AbsoluteUri.TrimEnd('/');

    /// <exception cref="LoginError">The tenant is not this one.</exception>
    public void CheckTenant(string tenant)
    {
        if (tenant is "organizations" or "common") return;
        bool known = Guid.TryParse(tenant, out Guid id) ? id == tenantId : string.Equals(tenant, domainName, StringComparison.OrdinalIgnoreCase);
        if (!known) throw LoginError.UnknownTenant(tenant);
    }

    public JsonObject Discovery(string tenant)
    {
        string root = $"{Resource}/{tenant}";
        return new JsonObject
        {
            ["issuer"] = issuer.Issuer,
            ["authorization_endpoint"] = root + "/oauth2/v2.0/authorize",
            ["token_endpoint"] = root + "/oauth2/v2.0/token",
            ["device_authorization_endpoint"] = root + "/oauth2/v2.0/devicecode",
            ["jwks_uri"] = root + "/discovery/v2.0/keys",
            ["token_endpoint_auth_methods_supported"] = new JsonArray("client_secret_post", "private_key_jwt"),
            ["response_types_supported"] = new JsonArray("code", "id_token"),
            ["subject_types_supported"] = new JsonArray("pairwise"),
            ["id_token_signing_alg_values_supported"] = new JsonArray("ES256"),
        };
    }

    public JsonObject StartDeviceCode(IFormCollection form)
    {
        GraphApplication application = Application(form);
        if (!application.AllowsPublicClient) throw LoginError.NoPublicClient(application.ClientId.ToString());
        string code = TokenIssuer.NewId();
        string userCode = code[..9].ToUpperInvariant();
        string scope = form["scope"].ToString();
        CheckDelegatedScope(scope);
        _deviceCodes[code] = new DeviceCode(application.ClientId, scope, options.Time.GetUtcNow().AddMinutes(15));
        return new JsonObject
        {
            ["user_code"] = userCode,
            ["device_code"] = code,
            ["verification_uri"] = Resource + "/devicelogin",
            ["expires_in"] = 900,
            ["interval"] = options.DeviceCodeInterval,
            ["message"] = $"To sign in, open {Resource}/devicelogin and enter the code {userCode}.",
        };
    }

    public JsonObject Token(string tenant, IFormCollection form) => form["grant_type"].ToString() switch
    {
        "client_credentials" => ClientCredentials(tenant, form),
        "device_code" or "urn:ietf:params:oauth:grant-type:device_code" => RedeemDeviceCode(form),
        "refresh_token" => Refresh(form),
        string grant => throw LoginError.UnsupportedGrant(grant),
    };

    private JsonObject ClientCredentials(string tenant, IFormCollection form)
    {
        GraphApplication application = Application(form);
        if (form["client_assertion"].ToString() is { Length: > 0 } assertion)
        {
            // Sign-in libraries know https only and name it even where the way here is a plain one.
            string root = $"https{Resource[Resource.IndexOf(':', StringComparison.Ordinal)..]}/{tenant}";
            ClientAssertion.Verify(assertion, application, [root + "/oauth2/v2.0/token", root + "/v2.0"], options.Time.GetUtcNow());
        }
        else if (form["client_secret"].ToString() is { Length: > 0 } secret)
        {
            bool right = application.Secret is not null
                && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(secret), Encoding.UTF8.GetBytes(application.Secret));
            if (!right) throw LoginError.WrongSecret(application.ClientId.ToString());
        }
        else
        {
            throw LoginError.MissingCredential;
        }

        string scope = form["scope"].ToString();
        if (!scope.EndsWith("/.default", StringComparison.Ordinal)) throw LoginError.ScopeNotDefault(scope);
        if (!string.Equals(scope[..^"/.default".Length].TrimEnd('/'), Resource, StringComparison.OrdinalIgnoreCase)) throw LoginError.UnknownResource(scope);
        return Answer(issuer.WriteAccessToken(application.ClientId, application.Roles, options.TokenLifetime));
    }

    private JsonObject RedeemDeviceCode(IFormCollection form)
    {
        GraphApplication application = Application(form);
        string code = form["device_code"].ToString() is { Length: > 0 } named ? named : form["code"].ToString();
        if (!_deviceCodes.TryGetValue(code, out DeviceCode? pending) || pending.ClientId != application.ClientId) throw LoginError.InvalidGrant;
        if (pending.Expires < options.Time.GetUtcNow()) throw LoginError.DeviceCodeExpired;
        if (System.Threading.Interlocked.Increment(ref pending.Polls) <= options.DeviceCodePendingPolls) throw LoginError.AuthorizationPending;
        _deviceCodes.TryRemove(code, out _);
        if (options.DeviceCodeDeclined) throw LoginError.AuthorizationDeclined;
        return Delegated(application, pending.Scope);
    }

    private JsonObject Refresh(IFormCollection form)
    {
        GraphApplication application = Application(form);
        if (!_refreshTokens.TryRemove(form["refresh_token"].ToString(), out (Guid ClientId, string Scope) grant) || grant.ClientId != application.ClientId) throw LoginError.InvalidGrant;
        return Delegated(application, grant.Scope);
    }

    private JsonObject Delegated(GraphApplication application, string scope)
    {
        JsonObject answer = Answer(issuer.WriteAccessToken(application.ClientId, application.Roles, options.TokenLifetime, _administrator));
        string refresh = TokenIssuer.NewId();
        _refreshTokens[refresh] = (application.ClientId, scope);
        string clientInfo = $$"""{"uid":"{{_administrator.Id}}","utid":"{{tenantId}}"}""";
        answer["scope"] = string.Join(' ', application.Roles.Select(role => $"{Resource}/{role}"));
        answer["refresh_token"] = refresh;
        answer["id_token"] = issuer.WriteIdToken(application.ClientId, options.TokenLifetime, _administrator);
        answer["client_info"] = Base64Url.EncodeToString(Encoding.UTF8.GetBytes(clientInfo));
        return answer;
    }

    private void CheckDelegatedScope(string scope)
    {
        IEnumerable<string> resources = scope.Split(' ', StringSplitOptions.RemoveEmptyEntries).Where(part => part.Contains("://", StringComparison.Ordinal));
        foreach (string part in resources)
        {
            if (!part.StartsWith(Resource + "/", StringComparison.OrdinalIgnoreCase)) throw LoginError.UnknownResource(part);
        }
    }

    private GraphApplication Application(IFormCollection form)
    {
        string client = form["client_id"].ToString();
        return options.Applications.FirstOrDefault(application => Guid.TryParse(client, out Guid id) && application.ClientId == id)
            ?? throw LoginError.UnknownApplication(client, tenantId.ToString());
    }

    private JsonObject Answer(string accessToken) => new()
    {
        ["token_type"] = "Bearer",
        ["expires_in"] = (long)options.TokenLifetime.TotalSeconds,
        ["ext_expires_in"] = (long)options.TokenLifetime.TotalSeconds,
        ["access_token"] = accessToken,
    };
}
