using System;

namespace IntuneExchangeConnector.Engine.Prerequisites.Network;

/// <summary>A server that the connector has to reach.</summary>
/// <param name="Address">Its address, http or https.</param>
/// <param name="Purpose">What for, for people.</param>
/// <param name="UsesProxy">Whether the system's proxy leads to it; WinRM has one of its own.</param>
internal sealed record NetworkTarget(Uri Address, string Purpose, bool UsesProxy)
{
    /// <summary>The proxy that was named; null for the system's.</summary>
    public Uri? Proxy { get; init; }
}
