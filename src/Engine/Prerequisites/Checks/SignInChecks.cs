using System;
using System.Collections.Generic;
using System.Globalization;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Prerequisites.Network;

namespace IntuneExchangeConnector.Engine.Prerequisites.Checks;

/// <summary>What signing in to the tenant rests on here: the certificate, and the proxy on the way.</summary>
/// <param name="network">The network.</param>
/// <param name="time">The clock.</param>
internal sealed class SignInChecks(INetworkProbe network, TimeProvider time)
{
    /// <summary>A certificate that ends sooner is announced.</summary>
    public static readonly TimeSpan Soon = TimeSpan.FromDays(30);

    /// <summary>Looks at both.</summary>
    /// <param name="tenant">The tenant and who signs in.</param>
    /// <param name="secrets">The secrets that came with the command or were kept.</param>
    public IEnumerable<PrerequisiteCheck> Run(TenantSettings tenant, CommandSecrets secrets)
    {
        yield return Certificate(tenant, secrets);
        yield return Proxy(tenant, secrets);
    }

    private PrerequisiteCheck Certificate(TenantSettings tenant, CommandSecrets secrets)
    {
        var row = Requirements.SigningCertificate;
        var target = tenant.CertificateThumbprint ?? tenant.CertificatePath ?? tenant.Method.ToString();
        if (secrets.AccessToken is not null || tenant.Method is not (SignInMethod.CertificateStore or SignInMethod.CertificateFile)) return row.Skipped(target, "No certificate signs in.");
        var (certificate, failure) = Attempt.Of(() => SigningCertificate.Load(tenant, secrets.CertificatePassword, time.GetUtcNow()));
        if (certificate is null) return row.Failed(target, failure!);
        using (certificate)
        {
            var end = new DateTimeOffset(certificate.NotAfter.ToUniversalTime());
            var left = end - time.GetUtcNow();
            var proof = string.Format(CultureInfo.InvariantCulture, "{0}, valid until {1:yyyy-MM-dd HH:mm} UTC, {2:0} days.", certificate.Thumbprint, end, Math.Floor(left.TotalDays));
            return left < Soon
                ? row.Warning(target, proof, "Renew it, upload the public part to the application (App registrations, Certificates & secrets), and name it with Set-IntuneExchangeConnector -CertificateThumbprint or -CertificatePath.")
                : row.Passed(target, proof);
        }
    }

    private PrerequisiteCheck Proxy(TenantSettings tenant, CommandSecrets secrets)
    {
        var row = Requirements.TenantProxy;
        var graph = CloudEndpoints.Of(tenant).GraphRoot;
        if (tenant.Proxy is { } named)
        {
            var account = secrets.TenantProxyCredential is { } given ? $"as {ServerText.Clean(given.UserName, 100)}" : "as the account that the connector runs as";
            return tenant.ProxyUserName is not null && secrets.TenantProxyCredential is null
                ? row.Warning(graph.Authority, $"{named.Authority}, named with -TenantProxy; the password of {ServerText.Clean(tenant.ProxyUserName, 100)} is not kept here.", "Pass -TenantProxyCredential to each command, or store it with Set-IntuneExchangeConnector -TenantProxyCredential as the account that runs the sync.")
                : row.Passed(graph.Authority, $"{named.Authority}, named with -TenantProxy, {account}.");
        }

        return network.ProxyFor(graph) is { } system
            ? row.Passed(graph.Authority, $"{system.Authority}, the system's.")
            : row.Passed(graph.Authority, "No proxy: direct.");
    }
}
