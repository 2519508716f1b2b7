using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Engine.Prerequisites.Network;

/// <summary>What a server showed when TLS was agreed on.</summary>
/// <param name="Protocol">The version, for example <c>Tls12</c>.</param>
/// <param name="Subject">Subject of its certificate.</param>
/// <param name="Issuer">Who issued it.</param>
/// <param name="Expires">When it ends, UTC.</param>
/// <param name="Fault">Why this computer does not trust it; null where it does.</param>
internal sealed record TlsAnswer(string Protocol, string Subject, string Issuer, DateTimeOffset Expires, string? Fault);

/// <summary>What an address answered to a GET without an account.</summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Date">The server's clock, UTC, by the whole second; null where it did not tell.</param>
internal sealed record HttpAnswer(int Status, DateTimeOffset? Date);

/// <summary>
/// The network as this computer sees it. A failure is a <see cref="NetworkFault"/>; every member ends within seconds.
/// </summary>
internal interface INetworkProbe
{
    /// <summary>The proxy that leads to an address.</summary>
    /// <param name="address">The address.</param>
    /// <returns>The proxy; null where the way is direct.</returns>
    Uri? ProxyFor(Uri address);

    /// <summary>Resolves a name.</summary>
    /// <param name="host">The name.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Its addresses, at least one.</returns>
    Task<IReadOnlyList<string>> ResolveAsync(string host, CancellationToken cancellationToken);

    /// <summary>Opens a connection and closes it.</summary>
    /// <param name="host">The server.</param>
    /// <param name="port">The port.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How long it took.</returns>
    Task<TimeSpan> ConnectAsync(string host, int port, CancellationToken cancellationToken);

    /// <summary>Agrees on TLS and closes the connection.</summary>
    /// <param name="host">The server.</param>
    /// <param name="port">The port.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>What the server showed, trusted or not.</returns>
    Task<TlsAnswer> AgreeAsync(string host, int port, CancellationToken cancellationToken);

    /// <summary>Asks an address without an account.</summary>
    /// <param name="address">The address; redirects are not followed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The answer, whatever its status.</returns>
    Task<HttpAnswer> AskAsync(Uri address, CancellationToken cancellationToken);
}

/// <summary>The network's own failure, fit for a message.</summary>
/// <param name="message">What happened.</param>
/// <param name="inner">The cause.</param>
internal sealed class NetworkFault(string message, Exception? inner = null) : Exception(message, inner);
