using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.Graph;

namespace IntuneExchangeConnector.Sandbox;

/// <summary>The tenant of a sandbox with an application that may sign in to it: endpoint, certificate, and the trust that a client needs.</summary>
public sealed class SandboxTenant : IAsyncDisposable
{
    private readonly X509Certificate2 _certificate;

    private SandboxTenant(GraphEndpoint endpoint, X509Certificate2 certificate, string certificatePath, string certificatePassword, string trustPath)
    {
        Endpoint = endpoint;
        _certificate = certificate;
        CertificatePath = certificatePath;
        CertificatePassword = certificatePassword;
        TrustPath = trustPath;
    }

    public GraphEndpoint Endpoint { get; }

    public Guid ClientId => GraphEndpointOptions.DefaultApplication.ClientId;

    /// <summary>File with the application's certificate and key, in the sandbox's own folder.</summary>
    public string CertificatePath { get; }

    public string CertificatePassword { get; }

    /// <summary>File with the authorities that a client has to trust; for <c>SSL_CERT_FILE</c>.</summary>
    public string TrustPath { get; }

    public static Task<SandboxTenant> StartAsync(SandboxHost host, CancellationToken cancellationToken = default) => StartAsync(host, static options => options, cancellationToken);

    /// <summary>Starts the tenant of a host.</summary>
    /// <param name="host">The host.</param>
    /// <param name="configure">Says how the endpoint behaves; it gets options with the application in them.</param>
    /// <param name="cancellationToken">Ends the start.</param>
    public static async Task<SandboxTenant> StartAsync(SandboxHost host, Func<GraphEndpointOptions, GraphEndpointOptions> configure, CancellationToken cancellationToken = default)
    {
        using RSA key = RSA.Create(2048);
        CertificateRequest request = new("CN=Sandbox connector", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        DateTimeOffset now = TimeProvider.System.GetUtcNow();
        X509Certificate2 certificate = request.CreateSelfSigned(now.AddDays(-1), now.AddYears(1));
        string password = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        string path = Path.Combine(host.StateFolder, "connector.pfx");
        await File.WriteAllBytesAsync(path, certificate.Export(X509ContentType.Pfx, password), cancellationToken).ConfigureAwait(false);

        GraphApplication application = GraphEndpointOptions.DefaultApplication with { Certificates = [certificate] };
        GraphEndpoint endpoint = await GraphEndpoint.StartAsync(host.State, configure(new GraphEndpointOptions { Applications = [application] }), cancellationToken).ConfigureAwait(false);
        string trust = Path.Combine(host.StateFolder, "trust.pem");
        TrustStore.Write(trust, endpoint.Authority);
        return new SandboxTenant(endpoint, certificate, path, password, trust);
    }

    public string GroupId(string name) => Endpoint.State.Read(world => world.Groups.Single(group => group.DisplayName == name).Id.ToString());

    public async ValueTask DisposeAsync()
    {
        await Endpoint.DisposeAsync().ConfigureAwait(false);
        _certificate.Dispose();
    }
}
