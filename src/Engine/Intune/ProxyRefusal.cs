using System;
using System.Net;
using System.Net.Http;
using IntuneExchangeConnector.Domain.Errors;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>A proxy that lets nothing through before it knows an account: it answers 407, and over TLS before there is any answer of a server.</summary>
internal static class ProxyRefusal
{
    private const int Status = 407;

    /// <summary>Whether an exception stands for it.</summary>
    /// <param name="exception">What was thrown.</param>
    /// <returns>True when it does.</returns>
    public static bool Is(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (cause is WebException { Response: HttpWebResponse { StatusCode: HttpStatusCode.ProxyAuthenticationRequired } }) return true;
#if NET
            if (cause is HttpRequestException { StatusCode: HttpStatusCode.ProxyAuthenticationRequired }) return true;
            if (cause is HttpRequestException { HttpRequestError: HttpRequestError.ProxyTunnelError } && cause.Message.Contains("407", StringComparison.Ordinal)) return true;
#endif
        }

        return false;
    }

    /// <summary>The failure.</summary>
    /// <param name="target">The server that was to be reached.</param>
    /// <param name="proxy">The configured proxy; null for the system's.</param>
    /// <param name="account">Name of the account that was shown to it; null for the identity of the process.</param>
    /// <returns>The failure.</returns>
    public static ConnectorException Failure(string target, Uri? proxy, string? account) => new(
        ErrorIds.GraphUnreachable,
        ErrorKind.Unreachable,
        target,
        $"The proxy {(proxy is null ? "of the system " : proxy.Authority + " ")}on the way to {target} refuses {(account is null ? "the account that the connector runs as" : "the account " + account)} (HTTP {Status}).",
        proxy is null
            ? $"Let the proxy pass this account or exempt {target} from it, or name a proxy and an account with Set-IntuneExchangeConnector -TenantProxy and -TenantProxyCredential."
            : "Pass the account that the proxy knows with Set-IntuneExchangeConnector -TenantProxyCredential.");
}
