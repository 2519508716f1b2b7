using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Files;

namespace IntuneExchangeConnector.Engine.Configuration;

/// <summary>
/// Connectors in one folder: the first one's file lies in the folder itself, where its predecessor's lay, each further one's in a subfolder
/// of its name. Which connector a file belongs to is what its element Connector/Name says; a file without that element is its predecessor's.
/// </summary>
public sealed class XmlConfigurationStore : IConfigurationStore
{
    private readonly string _root;

    /// <summary>Uses a folder.</summary>
    /// <param name="root">Full path of the folder; it is created with the first connector.</param>
    public XmlConfigurationStore(string root) => _root = Path.GetFullPath(root).TrimEnd(Path.DirectorySeparatorChar, Path.AltDirectorySeparatorChar);

    /// <summary>
    /// Uses the folder of this system: what the environment variable <c>INTUNE_EXCHANGE_CONNECTOR_HOME</c> names, otherwise
    /// <c>Microsoft/Windows Intune Exchange Connector</c> below the folder for program data, or for the user's data where there is none.
    /// </summary>
    /// <returns>The store.</returns>
    public static XmlConfigurationStore ForThisSystem() => new(ConfigurationRoot.OfThisSystem());

    /// <inheritdoc/>
    public IReadOnlyList<string> List() =>
        [.. Find().Select(static file => file.Name).Distinct(ConnectorName.Comparer).OrderBy(static name => name, ConnectorName.Comparer)];

    /// <inheritdoc/>
    public ConnectorSettings Read(string? name)
    {
        var path = PathOfExisting(name);
        var document = ConfigurationDocument.Load(path);
        try
        {
            return SettingsReader.Read(document);
        }
        catch (SettingException cause)
        {
            throw ConfigurationFault.Unreadable(path, cause);
        }
    }

    /// <inheritdoc/>
    public void Write(ConnectorSettings settings)
    {
        ConnectorName.Check(settings.Name);
        var path = ConfigurationPath(settings.Name);
        var document = File.Exists(path) ? ConfigurationDocument.Load(path) : ConfigurationDocument.New();
        try
        {
            settings = SettingsWriter.TakeOver(document, settings);
        }
        catch (SettingException cause)
        {
            throw ConfigurationFault.Unreadable(path, cause);
        }

        try
        {
            SettingsWriter.Write(document, settings);
        }
        catch (SettingException cause)
        {
            throw cause.IsStructure ? ConfigurationFault.Unreadable(path, cause) : ConfigurationFault.Invalid(cause);
        }

        ConfigurationDocument.Save(document, path);
    }

    /// <inheritdoc/>
    public void Remove(string name)
    {
        var path = PathOfExisting(name);
        var folder = Path.GetDirectoryName(path)!;
        var state = Path.Combine(folder, ConnectorFiles.State);
        try
        {
            // The configuration goes after the rest: while it stands, a removal that failed half way can be repeated.
            File.Delete(state);
            foreach (var ending in ConnectorFiles.StateEndings) File.Delete(state + ending);
            foreach (SecretPurpose purpose in Enum.GetValues(typeof(SecretPurpose))) File.Delete(ProtectedSecretStore.PathIn(folder, purpose));
            File.Delete(path);
            foreach (var unfinished in Directory.GetFiles(folder, ConnectorFiles.Configuration + ".*" + ConnectorFiles.UnfinishedEnding)) PrivateFiles.TryDelete(unfinished);
            // Whoever removes a connector may be the one that holds its lease; an empty file that stays is no harm.
            PrivateFiles.TryDelete(state + ConnectorFiles.HolderEnding);
            PrivateFiles.TryDelete(state + ConnectorFiles.LeaseEnding);
            if (folder != _root && !Directory.EnumerateFileSystemEntries(folder).Any()) Directory.Delete(folder);
        }
        catch (Exception cause) when (PrivateFiles.IsFault(cause))
        {
            throw ConfigurationFault.NotWritable(path, cause.Message, cause);
        }
    }

    /// <inheritdoc/>
    public string StatePath(string name)
    {
        var folder = Path.GetDirectoryName(ConfigurationPath(name))!;
        try
        {
            PrivateFiles.CreateFolder(folder);
        }
        catch (Exception cause) when (PrivateFiles.IsFault(cause))
        {
            throw ConfigurationFault.NotWritable(folder, cause.Message, cause);
        }

        return Path.Combine(folder, ConnectorFiles.State);
    }

    /// <inheritdoc/>
    public string ConfigurationPath(string name)
    {
        ConnectorName.Check(name);
        var files = Find();
        if (OfName(files, name) is { } existing) return existing;
        var first = Path.Combine(_root, ConnectorFiles.Configuration);
        return files.Exists(file => file.Path == first) ? Path.Combine(_root, name, ConnectorFiles.Configuration) : first;
    }

    private static string? OfName(List<ConnectorFile> files, string name)
    {
        var own = files.FindAll(file => ConnectorName.Comparer.Equals(file.Name, name));
        return own.Count > 1 ? throw ConfigurationFault.Ambiguous(name, own[0].Path, own[1].Path) : own.FirstOrDefault()?.Path;
    }

    private static ConnectorFile? Identify(string path, string folderName)
    {
        if (!File.Exists(path)) return null;
        try
        {
            return SettingsReader.NameOf(ConfigurationDocument.Load(path)) is { } name ? new ConnectorFile(name, path) : null;
        }
        catch (Exception cause) when (cause is ConnectorException or SettingException)
        {
            // A connector that cannot be read is not one that is gone: whoever asks for it is told what is wrong with its file.
            return new ConnectorFile(folderName, path);
        }
    }

    private string PathOfExisting(string? name)
    {
        var files = Find();
        var names = files.Select(static file => file.Name).Distinct(ConnectorName.Comparer).OrderBy(static known => known, ConnectorName.Comparer).ToList();
        if (name is null && names.Count > 1) throw ConfigurationFault.NameRequired(names);
        if (name is null && names.Count == 1) name = names[0];
        return (name is null ? null : OfName(files, name)) ?? throw ConfigurationFault.NotFound(name, names);
    }

    private List<ConnectorFile> Find()
    {
        var files = new List<ConnectorFile>();
        try
        {
            if (!Directory.Exists(_root)) return files;
            if (Identify(Path.Combine(_root, ConnectorFiles.Configuration), ConnectorSettings.DefaultName) is { } first) files.Add(first);
            foreach (var folder in Directory.GetDirectories(_root).OrderBy(static path => path, StringComparer.Ordinal))
            {
                if (Identify(Path.Combine(folder, ConnectorFiles.Configuration), Path.GetFileName(folder)) is { } further) files.Add(further);
            }
        }
        catch (Exception cause) when (PrivateFiles.IsFault(cause))
        {
            throw ConfigurationFault.Unreadable(_root, cause.Message, cause);
        }

        return files;
    }

    private sealed record ConnectorFile(string Name, string Path);
}
