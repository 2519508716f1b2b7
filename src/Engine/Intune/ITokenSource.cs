using System;
using System.Threading;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Where access tokens come from. It is asked before every request, so that a long read outlives a token.</summary>
internal interface ITokenSource : IDisposable
{
    /// <summary>A token that is good for the next request.</summary>
    /// <param name="refused">The token that Graph has just refused; null when it refused none.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The token. It belongs in a request's header and nowhere else.</returns>
    Task<string> GetTokenAsync(string? refused, CancellationToken cancellationToken);
}
