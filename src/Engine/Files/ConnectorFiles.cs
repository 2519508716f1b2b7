namespace IntuneExchangeConnector.Engine.Files;

/// <summary>Names of the files that lie in a connector's folder.</summary>
internal static class ConnectorFiles
{
    /// <summary>The configuration, named as administrators know it.</summary>
    public const string Configuration = "OnPremisesExchangeConnectorServiceConfiguration.xml";

    /// <summary>The state.</summary>
    public const string State = "ConnectorState.db";

    /// <summary>Ends the names of SQLite's own files beside the state.</summary>
    public static readonly string[] StateEndings = ["-wal", "-shm"];

    /// <summary>Ends the name of the file beside the state that the running sync locks.</summary>
    public const string LeaseEnding = ".lease";

    /// <summary>Ends the name of the file beside the state that says who locked it.</summary>
    public const string HolderEnding = ".holder";

    /// <summary>Ends the name of a file that holds a protected secret; before it stands the purpose.</summary>
    public const string SecretEnding = ".secret";

    /// <summary>Ends the name of a file that was not finished.</summary>
    public const string UnfinishedEnding = ".tmp";
}
