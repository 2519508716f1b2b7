using System;
using System.Text.RegularExpressions;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Where a tenant signs in and where its Graph is. A token of one cloud is worth nothing in another, so the two go together.</summary>
internal sealed class CloudEndpoints
{
    private static readonly Regex s_tenantName = new(@"\A[A-Za-z0-9](?:[A-Za-z0-9.-]{0,252}[A-Za-z0-9])?\z", RegexOptions.CultureInvariant);

    private CloudEndpoints(CloudEnvironment environment, Uri? login, Uri graph)
    {
        Environment = environment;
        Login = login;
        GraphRoot = Root(graph);
        Scope = graph.GetLeftPart(UriPartial.Authority) + "/.default";
        Resource = graph.GetLeftPart(UriPartial.Authority);
    }

    /// <summary>The cloud.</summary>
    public CloudEnvironment Environment { get; }

    /// <summary>The login server; null for a custom cloud that names none, which is enough where a token is passed.</summary>
    public Uri? Login { get; }

    /// <summary>Graph's address with its version, ending in a slash: <c>https://graph.microsoft.com/v1.0/</c>.</summary>
    public Uri GraphRoot { get; }

    /// <summary>The scope that stands for every permission granted to the application.</summary>
    public string Scope { get; }

    /// <summary>Graph as a managed identity is asked for it: without a scope.</summary>
    public string Resource { get; }

    /// <summary>False for a custom cloud: no public directory of clouds knows its login server.</summary>
    public bool IsKnownCloud => Environment != CloudEnvironment.Custom;

    /// <summary>Resolves the addresses of a tenant.</summary>
    /// <param name="settings">The tenant.</param>
    /// <returns>The addresses.</returns>
    /// <exception cref="ConnectorException">A custom address is missing or cannot be right.</exception>
    public static CloudEndpoints Of(TenantSettings settings) => settings.Environment switch
    {
        CloudEnvironment.Global or CloudEnvironment.USGov or CloudEnvironment.USGovDoD or CloudEnvironment.China => Known(settings.Environment),
        CloudEnvironment.Custom => new CloudEndpoints(
            CloudEnvironment.Custom,
            settings.LoginEndpoint is { } login ? Checked(login, "LoginEndpoint") : null,
            Checked(settings.GraphEndpoint ?? throw Invalid("GraphEndpoint", "The custom environment needs Graph's address."), "GraphEndpoint")),
        _ => throw Invalid("Environment", "The environment is none of Global, USGov, USGovDoD, China and Custom."),
    };

    /// <summary>The authority that issues the tenant's tokens.</summary>
    /// <param name="tenantId">The tenant's id or one of its domains; it becomes a part of an address, hence only such text is taken.</param>
    /// <returns>Its address.</returns>
    public Uri Authority(string tenantId)
    {
        if (Login is null) throw Invalid("LoginEndpoint", "The custom environment needs the login server's address unless an access token is passed.");
        if (!s_tenantName.IsMatch(tenantId)) throw Invalid("TenantId", "The tenant must be given by its id or by one of its domains.");
        return new Uri(Login.AbsoluteUri.TrimEnd('/') + "/" + tenantId);
    }

    /// <summary>Where an administrator of the tenant consents to the application's permissions; null where nobody signs in by it.</summary>
    /// <param name="settings">The tenant and its application.</param>
    /// <returns>The address.</returns>
    public Uri? AdminConsent(TenantSettings settings) =>
        Login is null || settings.ClientId.Length == 0 || !s_tenantName.IsMatch(settings.TenantId)
            ? null
            : new Uri($"{Authority(settings.TenantId).AbsoluteUri}/adminconsent?client_id={Uri.EscapeDataString(settings.ClientId)}");

    private static CloudEndpoints Known(CloudEnvironment environment) => new(environment, new Uri($"https://{Clouds.LoginHost(environment)}/"), new Uri($"https://{Clouds.GraphHost(environment)}/"));

    private static Uri Root(Uri graph)
    {
        var text = graph.AbsoluteUri.TrimEnd('/');
        return new Uri(text.EndsWith("/v1.0", StringComparison.OrdinalIgnoreCase) ? text + "/" : text + "/v1.0/");
    }

    private static Uri Checked(Uri address, string parameter)
    {
        if (!address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
        {
            throw Invalid(parameter, "The address must be an absolute https address.");
        }

        if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
        {
            throw Invalid(parameter, "Plain http would show tokens to the network; it is accepted for this computer itself only.");
        }

        if (address.UserInfo.Length > 0 || address.Query.Length > 0 || address.Fragment.Length > 0)
        {
            throw Invalid(parameter, "The address must carry neither credentials nor a query.");
        }

        return address;
    }

    private static ConnectorException Invalid(string parameter, string message) => new(
        ErrorIds.InvalidParameter,
        ErrorKind.InvalidInput,
        parameter,
        message,
        $"Correct {parameter}.");
}
