using System;
using IntuneExchangeConnector.Engine;

namespace IntuneExchangeConnector.Module.Hosting;

/// <summary>
/// The one engine of the process. It is named in method bodies only: the runtime then looks for its assembly at the first call, and an
/// import stays cheap and works before any resolver is in place.
/// </summary>
internal static class EngineHost
{
    private static readonly object s_gate = new();
    private static ConnectorEngine? s_engine;
    private static string? s_home;

    /// <summary>The engine; created at the first call, and anew when the shell names another folder for configuration and state.</summary>
    public static ConnectorEngine Current
    {
        get
        {
            var home = Environment.GetEnvironmentVariable("INTUNE_EXCHANGE_CONNECTOR_HOME");
            lock (s_gate)
            {
                if (s_engine is null || home != s_home) (s_engine, s_home) = (EngineFactory.Create(), home);
                return s_engine;
            }
        }
    }
}
