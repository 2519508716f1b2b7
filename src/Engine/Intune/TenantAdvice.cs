using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>What to do about a refusal of Graph, by one who knows the tenant, its application and the token that was refused.</summary>
/// <param name="settings">The tenant and who signs in.</param>
/// <param name="endpoints">Its addresses.</param>
/// <param name="discovery">Finds out the tenant's cloud.</param>
/// <param name="clock">The servers' clock.</param>
internal sealed class TenantAdvice(TenantSettings settings, CloudEndpoints endpoints, CloudDiscovery discovery, ServerClock clock)
{
    private const string IntuneRole = "Intune Administrator, or a custom Intune role with the permissions Managed devices/Read and Organization/Read";
    private const string DirectoryRole = "Directory Readers";

    /// <summary>Words a refusal better where more is known; every other failure stays as it is.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="request">The request.</param>
    /// <param name="status">Graph's status.</param>
    /// <param name="fault">What Graph said.</param>
    /// <param name="token">The token that was refused.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The failure to throw.</returns>
    public async Task<Exception> OfAsync(Exception failure, GraphRequest request, int status, GraphFault fault, string token, CancellationToken cancellationToken) => status switch
    {
        401 => await RefusedAsync(failure, fault.Describe(status), token, cancellationToken).ConfigureAwait(false),
        403 => Denied(request, fault.Describe(status), TokenClaims.Read(token)),
        407 => ProxyRefusal.Failure(request.Address.Authority, settings.Proxy, settings.ProxyUserName),
        _ => failure,
    };

    /// <summary>Words a failure of the network better where more is known.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="request">The request.</param>
    /// <param name="cause">What was thrown.</param>
    /// <returns>The failure to throw.</returns>
    public Exception Of(Exception failure, GraphRequest request, Exception cause) => ProxyRefusal.Is(cause)
        ? ProxyRefusal.Failure(request.Address.Authority, settings.Proxy, settings.ProxyUserName)
        : failure is ConnectorException known && TlsClock.Of(known, cause, clock.Now) is { } better ? better : failure;

    /// <summary>What gives the application a permission.</summary>
    /// <param name="permission">The permission.</param>
    /// <param name="isDelegated">Whether a person signs in.</param>
    /// <returns>The remedy.</returns>
    public string Grant(string permission, bool isDelegated)
    {
        if (settings.Method == SignInMethod.ManagedIdentity)
        {
            return $"Give the machine's managed identity the application permission {permission} of Microsoft Graph (New-MgServicePrincipalAppRoleAssignment for its service principal; the portal does not offer it for managed identities).";
        }

        var kind = isDelegated ? "a delegated permission" : "an application permission";
        var consent = endpoints.AdminConsent(settings) is { } address ? $" at {address}" : string.Empty;
        return $"In the Microsoft Entra admin center open App registrations, the connector's application, API permissions; add {permission} of Microsoft Graph as {kind} and let an administrator consent{consent}";
    }

    private static string What(GraphRequest request) => request.IsSentOnce ? $"the {request.Subject}" : $"to list the {request.Subject}";

    private ConnectorException Denied(GraphRequest request, string said, TokenFacts token)
    {
        // What a role of the tenant withholds is not mended by another consent.
        if (token.Permissions?.Contains(request.Permission, StringComparer.OrdinalIgnoreCase) is true)
        {
            var role = request.Permission.StartsWith("DeviceManagement", StringComparison.Ordinal) ? IntuneRole : DirectoryRole;
            return token.IsDelegated
                ? new(
                    ErrorIds.GraphPermissionMissing,
                    ErrorKind.PermissionDenied,
                    request.Permission,
                    $"Graph refuses {What(request)}: the application may ({request.Permission} is consented to), and the person who signed in may not {said}.",
                    $"Give the person the role {role}, or let somebody sign in who has it.")
                : new(
                    ErrorIds.GraphPermissionMissing,
                    ErrorKind.PermissionDenied,
                    request.Permission,
                    $"Graph refuses {What(request)} although the token carries {request.Permission} {said}.",
                    "Check that the tenant has an Intune licence in force; a permission that was granted a moment ago counts after some minutes.");
        }

        return new(
            ErrorIds.GraphPermissionMissing,
            ErrorKind.PermissionDenied,
            request.Permission,
            $"Graph refuses {What(request)}: the permission {request.Permission} is missing {said}.",
            Grant(request.Permission, token.IsDelegated));
    }

    private async Task<Exception> RefusedAsync(Exception failure, string said, string token, CancellationToken cancellationToken)
    {
        if (endpoints.IsKnownCloud && Clouds.OfToken(token) is { } cloud && cloud != endpoints.Environment) return CloudDiscovery.Mismatch(settings, "The access token", cloud, said);
        if (clock.IsOff && failure is ConnectorException refusal)
        {
            return new ConnectorException(refusal.ErrorId, refusal.Kind, refusal.Target, $"{refusal.Message} {clock.Describe()}", "Synchronise this computer's clock (w32tm /resync), then run the command again.");
        }

        return endpoints.Login is not null && await discovery.FindOtherAsync(isKnownHere: true, cancellationToken).ConfigureAwait(false) is { } other
            ? CloudDiscovery.Mismatch(settings, $"The tenant {settings.TenantId}", other, said)
            : failure;
    }
}
