using System;
using System.Collections.Generic;
using System.Globalization;
using IntuneExchangeConnector.Domain.Errors;

namespace IntuneExchangeConnector.Engine.Configuration;

/// <summary>A setting that cannot be right; told with the file's name by whoever knows it.</summary>
internal sealed class SettingException(string element, int line, string expected, bool isStructure = false) : Exception($"{element}: {expected}")
{
    /// <summary>True when not the value is wrong but the file around it.</summary>
    public bool IsStructure => isStructure;

    /// <summary>The element, with those above it.</summary>
    public string Element => element;

    /// <summary>Its line, from 1; 0 when it comes from no file.</summary>
    public int Line => line;

    /// <summary>What is allowed there.</summary>
    public string Expected => expected;
}

/// <summary>Tells people what is wrong with a configuration file.</summary>
internal static class ConfigurationFault
{
    public static ConnectorException Unreadable(string path, SettingException cause) => new(
        ErrorIds.ConfigurationUnreadable,
        ErrorKind.InvalidData,
        path,
        string.Format(CultureInfo.InvariantCulture, "The configuration file '{0}' has a value that cannot be used in line {1}, element {2}.", path, cause.Line, cause.Element),
        string.Format(CultureInfo.InvariantCulture, "Allowed there: {0}. Correct the file with a text editor; a setting that is left out takes its default.", cause.Expected),
        cause);

    public static ConnectorException Unreadable(string path, string what, Exception? cause = null) => new(
        ErrorIds.ConfigurationUnreadable,
        ErrorKind.InvalidData,
        path,
        $"The configuration file '{path}' cannot be read. {what}",
        "Correct the file with a text editor or restore it from a backup; the state beside it is not affected.",
        cause);

    public static ConnectorException NotWritable(string path, string what, Exception? cause = null) => new(
        ErrorIds.ConfigurationNotWritable,
        ErrorKind.Storage,
        path,
        $"The configuration file '{path}' cannot be written. {what}",
        "Make room on the disk, and give the account the right to change the file and its folder. The file is as it was before.",
        cause);

    public static ConnectorException Invalid(SettingException cause) => new(
        ErrorIds.InvalidParameter,
        ErrorKind.InvalidInput,
        cause.Element,
        $"The setting {cause.Element} has a value that cannot be used.",
        $"Allowed there: {cause.Expected}.",
        cause);

    public static ConnectorException NotFound(string? name, IReadOnlyList<string> existing) => new(
        ErrorIds.ConnectorNotFound,
        ErrorKind.NotFound,
        name ?? string.Empty,
        name is null ? "No connector is installed." : $"There is no connector '{name}'.",
        existing.Count == 0 ? "Install one with Install-IntuneExchangeConnector." : $"Use one of these names: {string.Join(", ", existing)}.");

    public static ConnectorException NameRequired(IReadOnlyList<string> existing) => new(
        ErrorIds.ConnectorNameRequired,
        ErrorKind.InvalidInput,
        "Name",
        "Several connectors are installed, and none was named.",
        $"Pass -Name with one of these: {string.Join(", ", existing)}.");

    public static ConnectorException Ambiguous(string name, string first, string second) => new(
        ErrorIds.ConfigurationUnreadable,
        ErrorKind.InvalidData,
        second,
        $"Two configuration files both say that they are the connector '{name}': '{first}' and '{second}'.",
        "Move one of them out of the folder, or give it another name in its element Connector/Name.");
}
