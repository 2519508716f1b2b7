namespace IntuneExchangeConnector.Engine.Prerequisites.Computer;

/// <summary>Values of the registry's branch for the local machine, in its 64-bit view.</summary>
internal interface IRegistry
{
    /// <summary>Reads a text.</summary>
    /// <param name="key">The key.</param>
    /// <param name="name">The value's name.</param>
    /// <returns>The text; null where there is none.</returns>
    string? Text(string key, string name);

    /// <summary>Reads a number.</summary>
    /// <param name="key">The key.</param>
    /// <param name="name">The value's name.</param>
    /// <returns>The number; null where there is none.</returns>
    int? Number(string key, string name);
}
