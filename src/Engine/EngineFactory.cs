namespace IntuneExchangeConnector.Engine;

/// <summary>The one composition root.</summary>
public static class EngineFactory
{
    /// <summary>Creates the engine over the machine's own clock, disk and network.</summary>
    /// <returns>The engine.</returns>
    public static ConnectorEngine Create() => new();
}
