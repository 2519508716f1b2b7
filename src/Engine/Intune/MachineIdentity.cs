using System;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;
using Microsoft.Identity.Client;
using Microsoft.Identity.Client.AppConfig;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>
/// The identity that Azure gave this machine. There is no secret to keep: an address that only the machine itself reaches hands the tokens
/// out, an Azure Arc server's agent or the host of a virtual machine.
/// </summary>
internal sealed class MachineIdentity
{
    private readonly TenantSettings _settings;
    private readonly string _resource;
    private readonly IManagedIdentityApplication _application;

    /// <summary>Prepares it; nothing is sent yet.</summary>
    /// <param name="settings">Which identity, and the tenant that it must belong to.</param>
    /// <param name="endpoints">The addresses of that tenant.</param>
    /// <param name="http">What sends; no proxy.</param>
    public MachineIdentity(TenantSettings settings, CloudEndpoints endpoints, IMsalHttpClientFactory http)
    {
        _settings = settings;
        _resource = endpoints.Resource;
        var id = settings.ManagedIdentityClientId is { } assigned ? ManagedIdentityId.WithUserAssignedClientId(assigned) : ManagedIdentityId.SystemAssigned;
        _application = ManagedIdentityApplicationBuilder.Create(id).WithHttpClientFactory(http, retryOnceOn5xx: false).Build();
    }

    private string Identity => _settings.ManagedIdentityClientId is { } id ? $"the user-assigned managed identity {id}" : "a managed identity of its own";

    /// <summary>Gets a token.</summary>
    /// <param name="renew">True for a new one, whatever is remembered.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The token.</returns>
    /// <exception cref="ConnectorException">The machine has no such identity, or one of another tenant.</exception>
    public async Task<AuthenticationResult> AcquireAsync(bool renew, CancellationToken cancellationToken)
    {
        try
        {
            var result = await _application.AcquireTokenForManagedIdentity(_resource).WithForceRefresh(renew).ExecuteAsync(cancellationToken).ConfigureAwait(false);
            Check(result);
            return result;
        }
        catch (Exception e) when (e is MsalException or HttpRequestException or OperationCanceledException or UnauthorizedAccessException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // The library wraps what passes through it, and a machine that is busy is to be waited for.
            throw e.InnerException as TransientFailure as Exception ?? Failure(e);
        }
    }

    // The machine's identity lives in the tenant of its Azure subscription, which need not be the tenant of the devices.
    private void Check(AuthenticationResult result)
    {
        if (TokenOrigin.TenantOtherThan(_settings, result.AccessToken) is not { } actual) return;
        throw new ConnectorException(
            ErrorIds.ManagedIdentityUnavailable,
            ErrorKind.Authentication,
            _settings.TenantId,
            $"The machine's managed identity belongs to the tenant {actual:D}, and the connector's tenant is {_settings.TenantId}.",
            "Connect the machine to Azure in a subscription of the connector's tenant, or sign in with a certificate: Set-IntuneExchangeConnector -CertificateThumbprint.");
    }

    // The library puts advice and every header before the machine's words.
    private static string OwnWords(string message)
    {
        var start = Math.Max(message.LastIndexOf("Error Message:", StringComparison.Ordinal), message.LastIndexOf("Error Description:", StringComparison.Ordinal));
        return start < 0 ? message.Replace("[Managed Identity]", string.Empty) : message.Substring(message.IndexOf(':', start) + 1);
    }

    private ConnectorException Failure(Exception cause)
    {
        var unreachable = cause is MsalServiceException { ErrorCode: MsalError.ManagedIdentityUnreachableNetwork } or HttpRequestException or OperationCanceledException;
        var said = ServerText.Clean(OwnWords(cause.Message), 300);
        return new ConnectorException(
            ErrorIds.ManagedIdentityUnavailable,
            ErrorKind.Authentication,
            _settings.ManagedIdentityClientId ?? _settings.TenantId,
            unreachable
                ? "This machine has no managed identity: nothing answers where Azure hands out its tokens."
                : $"This machine could not get a token for {Identity}: {said}",
            unreachable
                ? "Install the Azure Connected Machine agent (azcmagent connect) on a server of your own, or switch the identity of the Azure virtual machine on; elsewhere sign in with a certificate: Set-IntuneExchangeConnector -CertificateThumbprint."
                : "On a virtual machine, assign the identity (Identity, in the Azure portal) and check -ManagedIdentityClientId. With Azure Arc there is the machine's own identity only, and the account that runs the connector must be an administrator or a member of 'Hybrid agent extension applications'.");
    }
}
