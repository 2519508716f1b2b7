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

    /// <summary>The engine; created at the first call.</summary>
    public static ConnectorEngine Current
    {
        get
        {
            lock (s_gate) return s_engine ??= EngineFactory.Create();
        }
    }
}
