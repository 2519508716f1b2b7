using System;
using System.IO;
using System.Net.Http;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>
/// Finds out which cloud a tenant belongs to, by the document that login servers show to whoever asks. It is asked only after a refusal,
/// without a token, and what cannot be found out is left open.
/// </summary>
/// <param name="http">Sends the question.</param>
/// <param name="settings">The tenant.</param>
/// <param name="endpoints">Its addresses as they were named.</param>
internal sealed class CloudDiscovery(HttpClient http, TenantSettings settings, CloudEndpoints endpoints)
{
    private const int LargestAnswer = 64 * 1024;

    /// <summary>The tenant's cloud where it is another one than was named.</summary>
    /// <param name="isKnownHere">True when the login server that was named knows the tenant, so that it alone is asked.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The cloud; null where it is the right one or cannot be told.</returns>
    public async Task<CloudEnvironment?> FindOtherAsync(bool isKnownHere, CancellationToken cancellationToken)
    {
        if (!endpoints.IsKnownCloud) return null;
        var login = isKnownHere ? endpoints.Login!.Host : Elsewhere();
        var cloud = await AskAsync(login, cancellationToken).ConfigureAwait(false);
        return cloud == endpoints.Environment ? null : cloud;
    }

    /// <summary>The failure of a tenant or a token of another cloud.</summary>
    /// <param name="settings">The tenant.</param>
    /// <param name="what">What belongs to it, for example <c>The tenant contoso.com</c>.</param>
    /// <param name="cloud">The cloud that it belongs to; null where that cannot be told.</param>
    /// <param name="said">The server's words in brackets; empty for none.</param>
    /// <returns>The failure.</returns>
    public static ConnectorException Mismatch(TenantSettings settings, string what, CloudEnvironment? cloud, string said) => new(
        ErrorIds.TenantCloudMismatch,
        ErrorKind.Authentication,
        settings.TenantId,
        cloud is null
            ? $"{what} belongs to another cloud than {settings.Environment}{Bracket(said)}."
            : $"{what} belongs to the cloud {cloud}, and the connector was told {settings.Environment}{Bracket(said)}.",
        cloud is null
            ? "Name the tenant's cloud with Set-IntuneExchangeConnector -Environment (Global, USGov, USGovDoD or China)."
            : $"Set-IntuneExchangeConnector -Environment {cloud}, or -Environment {cloud} when installing. Where {cloud} is not what you expect, check -TenantId.");

    private static string Bracket(string said) => said.Length == 0 ? string.Empty : " " + said;

    // The worldwide login server knows the tenants of the US government as well. A name is not carried to a cloud that nothing points at.
    private string Elsewhere()
    {
        if (settings.TenantId.EndsWith(".cn", StringComparison.OrdinalIgnoreCase) && endpoints.Environment != CloudEnvironment.China) return Clouds.LoginHost(CloudEnvironment.China);
        return Clouds.LoginHost(endpoints.Environment == CloudEnvironment.Global ? CloudEnvironment.USGov : CloudEnvironment.Global);
    }

    private async Task<CloudEnvironment?> AskAsync(string login, CancellationToken cancellationToken)
    {
        try
        {
            var address = new Uri($"https://{login}/{endpoints.Authority(settings.TenantId).AbsolutePath.Trim('/')}/v2.0/.well-known/openid-configuration");
            using var response = await http.GetAsync(address, HttpCompletionOption.ResponseContentRead, cancellationToken).ConfigureAwait(false);
            if (!response.IsSuccessStatusCode) return null;
#if NET
            var text = await response.Content.ReadAsStringAsync(cancellationToken).ConfigureAwait(false);
#else
            var text = await response.Content.ReadAsStringAsync().ConfigureAwait(false);
#endif
            if (text.Length > LargestAnswer) return null;
            using var document = JsonDocument.Parse(text);
            return Clouds.OfGraphHost(Text(document.RootElement, "msgraph_host")) ?? Clouds.OfRegion(Text(document.RootElement, "tenant_region_scope"), Text(document.RootElement, "tenant_region_sub_scope"));
        }
        catch (Exception e) when (e is HttpRequestException or IOException or JsonException or OperationCanceledException or InvalidOperationException)
        {
            cancellationToken.ThrowIfCancellationRequested();
            return null;
        }
    }

    private static string? Text(JsonElement element, string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}
