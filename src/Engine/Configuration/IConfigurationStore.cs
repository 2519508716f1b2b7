using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Engine.Configuration;

/// <summary>
/// Where connectors are configured: one XML file each, under the file and element names that administrators know from the connector
/// that this one replaces. Failures are <see cref="Domain.Errors.ConnectorException"/>.
/// </summary>
public interface IConfigurationStore
{
    /// <summary>Names of the connectors that exist, sorted.</summary>
    /// <returns>The names; empty when there is none.</returns>
    IReadOnlyList<string> List();

    /// <summary>Reads a connector's configuration.</summary>
    /// <param name="name">Its name, without case; null means the only one.</param>
    /// <returns>The configuration.</returns>
    ConnectorSettings Read(string? name);

    /// <summary>Writes a connector's configuration whole or not at all; elements it does not know stay.</summary>
    /// <param name="settings">The configuration.</param>
    void Write(ConnectorSettings settings);

    /// <summary>Removes a connector's configuration and its state.</summary>
    /// <param name="name">Its name.</param>
    void Remove(string name);

    /// <summary>Full path of a connector's state file.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The path; its folder exists.</returns>
    string StatePath(string name);

    /// <summary>Full path of a connector's configuration file.</summary>
    /// <param name="name">Its name.</param>
    /// <returns>The path.</returns>
    string ConfigurationPath(string name);
}
