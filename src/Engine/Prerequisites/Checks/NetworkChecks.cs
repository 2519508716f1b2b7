using System;
using System.Collections.Generic;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Prerequisites.Network;

namespace IntuneExchangeConnector.Engine.Prerequisites.Checks;

/// <summary>Whether a server can be reached: its name, its port, its certificate, its clock.</summary>
internal sealed class NetworkChecks(INetworkProbe network, TimeProvider time)
{
    // Kerberos refuses a clock that is further off, and tokens are not valid yet or not valid any more.
    public static readonly TimeSpan LargestSkew = TimeSpan.FromMinutes(5);
    public static readonly TimeSpan NotableSkew = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan s_soon = TimeSpan.FromDays(14);

    /// <summary>Looks at a server whose session is not open yet.</summary>
    public async IAsyncEnumerable<PrerequisiteCheck> ReachAsync(NetworkTarget target, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var proxy = target.UsesProxy ? target.Proxy ?? network.ProxyFor(target.Address) : null;
        var (host, port) = proxy is null ? (target.Address.Host, target.Address.Port) : (proxy.Host, proxy.Port);
        var resolution = await ResolveAsync(host, proxy is null ? target.Purpose : $"proxy towards {target.Purpose}", isRequired: true, cancellationToken).ConfigureAwait(false);
        yield return resolution;
        if (resolution.Status == PrerequisiteStatus.Failed)
        {
            yield return Requirements.TcpPort.Skipped(Authority(host, port), "The name does not resolve.");
            yield break;
        }

        var connected = await ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
        yield return connected;
        if (target.Address.Scheme != Uri.UriSchemeHttps) yield return Requirements.Tls.Skipped(Authority(host, port), "Plain http: there is no certificate.");
        else if (proxy is not null) yield return Requirements.Tls.Skipped(target.Address.Authority, $"The proxy {Authority(host, port)} stands between; signing in proves the rest.");
        else if (connected.Status == PrerequisiteStatus.Failed) yield return Requirements.Tls.Skipped(Authority(host, port), "The port does not answer.");
        else yield return await TlsAsync(host, port, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Looks whether a server that may take over can be found.</summary>
    public Task<PrerequisiteCheck> FindAsync(string host, string purpose, CancellationToken cancellationToken) => ResolveAsync(host, purpose, isRequired: false, cancellationToken);

    /// <summary>Compares the clocks.</summary>
    public async Task<PrerequisiteCheck> ClockAsync(Uri address, CancellationToken cancellationToken)
    {
        try
        {
            var answer = await network.AskAsync(address, cancellationToken).ConfigureAwait(false);
            return Clock(address.Authority, answer.Date is { } date ? time.GetUtcNow() - date : null);
        }
        catch (NetworkFault fault)
        {
            return Requirements.ClockSkew.Skipped(address.Authority, $"The server does not answer: {Clean(fault)}");
        }
    }

    /// <summary>Judges how far the clock is off.</summary>
    /// <param name="server">The server whose clock it was compared with.</param>
    /// <param name="skew">This computer's time minus the server's; null where it did not tell.</param>
    public static PrerequisiteCheck Clock(string server, TimeSpan? skew)
    {
        var row = Requirements.ClockSkew;
        if (skew is not { } known) return row.Skipped(server, "The server does not tell its time.");
        var apart = known.Duration();
        var proof = string.Format(CultureInfo.InvariantCulture, "{0:0} seconds {1} of the server's clock.", apart.TotalSeconds, known < TimeSpan.Zero ? "behind" : "ahead");
        const string Remedy = "w32tm /resync, and w32tm /query /status to see where the time comes from.";
        return apart > LargestSkew ? row.Failed(server, proof, Remedy)
            : apart > NotableSkew ? row.Warning(server, proof, Remedy)
            : row.Passed(server, proof);
    }

    private async Task<PrerequisiteCheck> ResolveAsync(string host, string purpose, bool isRequired, CancellationToken cancellationToken)
    {
        var row = Requirements.NameResolution;
        try
        {
            var addresses = await network.ResolveAsync(host, cancellationToken).ConfigureAwait(false);
            return row.Passed(host, $"{string.Join(", ", addresses)} ({purpose})");
        }
        catch (NetworkFault fault)
        {
            var proof = $"{Clean(fault)} ({purpose})";
            var remedy = $"Resolve-DnsName {host}; check the name and this computer's DNS servers.";
            return isRequired ? row.Failed(host, proof, remedy) : row.Warning(host, proof, remedy);
        }
    }

    private async Task<PrerequisiteCheck> ConnectAsync(string host, int port, CancellationToken cancellationToken)
    {
        var row = Requirements.TcpPort;
        try
        {
            var took = await network.ConnectAsync(host, port, cancellationToken).ConfigureAwait(false);
            return row.Passed(Authority(host, port), string.Format(CultureInfo.InvariantCulture, "Answered in {0:0} ms.", took.TotalMilliseconds));
        }
        catch (NetworkFault fault)
        {
            return row.Failed(Authority(host, port), Clean(fault), $"Test-NetConnection {host} -Port {port.ToString(CultureInfo.InvariantCulture)}; open the port in the firewalls between, and check that the service runs.");
        }
    }

    private async Task<PrerequisiteCheck> TlsAsync(string host, int port, CancellationToken cancellationToken)
    {
        var row = Requirements.Tls;
        var target = Authority(host, port);
        try
        {
            var tls = await network.AgreeAsync(host, port, cancellationToken).ConfigureAwait(false);
            var proof = string.Format(CultureInfo.InvariantCulture, "{0}; {1}, valid until {2:yyyy-MM-dd}", tls.Protocol, ServerText.Clean(tls.Subject, 200), tls.Expires);
            if (tls.Fault is { } distrust) return row.Failed(target, $"{proof}; not trusted: {ServerText.Clean(distrust, 300)}", "Install a certificate for this name that the computer trusts on the server, or import its issuer into Cert:\\LocalMachine\\Root.");
            if (tls.Protocol is not ("Tls12" or "Tls13")) return row.Failed(target, proof, "Enable TLS 1.2 on the server and on this computer.");
            return tls.Expires - time.GetUtcNow() < s_soon ? row.Warning(target, proof, "Renew the server's certificate.") : row.Passed(target, proof);
        }
        catch (NetworkFault fault)
        {
            return row.Failed(target, $"TLS could not be agreed on: {Clean(fault)}", "Enable TLS 1.2 on the server and on this computer.");
        }
    }

    private static string Clean(NetworkFault fault) => ServerText.Clean(fault.Message, 300);

    private static string Authority(string host, int port) => $"{host}:{port.ToString(CultureInfo.InvariantCulture)}";
}
