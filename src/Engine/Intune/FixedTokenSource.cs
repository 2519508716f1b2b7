using System;
using System.Globalization;
using System.Net;
using System.Security;
using System.Text.RegularExpressions;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>A token that the caller passed. It cannot be renewed: when it has expired only the caller can bring another.</summary>
internal sealed class FixedTokenSource : ITokenSource
{
    private const string Parameter = "AccessToken";

    // What RFC 6750 lets a bearer token consist of. Anything else would break the header, and the platform's complaint would quote it.
    private static readonly Regex s_bearerToken = new(@"\A[A-Za-z0-9._~+/-]+=*\z", RegexOptions.CultureInvariant);

    private readonly SecureString _token;
    private readonly TimeProvider _time;
    private readonly DateTimeOffset? _expires;

    /// <summary>Takes a copy of the token.</summary>
    /// <param name="token">The token.</param>
    /// <param name="time">The clock.</param>
    /// <param name="settings">The tenant that it is for; null where nothing is known of it.</param>
    /// <exception cref="ConnectorException">The token is empty, is none, or says that it is for another cloud or tenant: it must not travel to this one, nor bring another tenant's people.</exception>
    public FixedTokenSource(SecureString token, TimeProvider time, TenantSettings? settings = null)
    {
        var text = Text(token);
        if (text.Length == 0) throw Required();
        if (!s_bearerToken.IsMatch(text)) throw NoToken();
        if (settings is { Environment: not CloudEnvironment.Custom } && Clouds.OfToken(text) is { } cloud && cloud != settings.Environment)
        {
            throw CloudDiscovery.Mismatch(settings, "The access token", cloud, string.Empty);
        }

        if (settings is not null && TokenOrigin.TenantOtherThan(settings, text) is { } other) throw OtherTenant(other, settings.TenantId);
        _token = token.Copy();
        _time = time;
        _expires = TokenExpiry.Read(text);
    }

    /// <summary>The failure of a connector that needs a token and got none.</summary>
    /// <returns>The failure.</returns>
    public static ConnectorException Required() => new(
        ErrorIds.AccessTokenRequired,
        ErrorKind.Authentication,
        Parameter,
        "This connector signs in with an access token, and none was passed.",
        "Pass -AccessToken with a token for Microsoft Graph as a SecureString.");

    /// <inheritdoc/>
    public Task<string> GetTokenAsync(string? refused, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (_expires is { } expired && expired <= _time.GetUtcNow()) throw Expired(Invariant($"The access token expired at {expired:yyyy-MM-dd HH:mm:ss} UTC."));
        if (refused is not null)
        {
            throw Expired(_expires is { } expires
                ? Invariant($"Graph refuses the access token although it says that it is valid until {expires:yyyy-MM-dd HH:mm:ss} UTC.")
                : "Graph refuses the access token: it has expired or was not issued for Microsoft Graph.");
        }

        return Task.FromResult(Text(_token));
    }

    /// <inheritdoc/>
    public void Dispose() => _token.Dispose();

    private static string Text(SecureString token) => new NetworkCredential(string.Empty, token).Password.Trim();

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);

    private static ConnectorException Expired(string message) => new(
        ErrorIds.AccessTokenExpired,
        ErrorKind.Authentication,
        Parameter,
        message,
        "Get a new token for Microsoft Graph in the connector's tenant and cloud, and pass it with -AccessToken.");

    private static ConnectorException OtherTenant(Guid tenant, string wanted) => new(
        ErrorIds.InvalidParameter,
        ErrorKind.InvalidInput,
        Parameter,
        $"The access token is for the tenant {tenant:D}, and this connector serves the tenant {wanted}.",
        "Sign in to the connector's tenant and pass a token from there. A connector for another tenant is installed with -Name and -TenantId.");

    private static ConnectorException NoToken() => new(
        ErrorIds.InvalidParameter,
        ErrorKind.InvalidInput,
        Parameter,
        "The access token contains characters that no token contains.",
        "Pass the token alone, without a prefix, quotes or line breaks.");
}
