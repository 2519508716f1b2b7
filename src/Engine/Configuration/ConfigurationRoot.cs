using System;
using System.IO;
using System.Runtime.InteropServices;
using IntuneExchangeConnector.Domain.Errors;

namespace IntuneExchangeConnector.Engine.Configuration;

/// <summary>Where the connectors of this system lie.</summary>
internal static class ConfigurationRoot
{
    /// <summary>The environment variable that names another folder.</summary>
    public const string Variable = "INTUNE_EXCHANGE_CONNECTOR_HOME";

    private const string Vendor = "Microsoft";
    private const string Product = "Windows Intune Exchange Connector";

    /// <summary>The folder of this system.</summary>
    public static string OfThisSystem() => Resolve(
        Environment.GetEnvironmentVariable(Variable),
        RuntimeInformation.IsOSPlatform(OSPlatform.Windows)
            ? Environment.GetFolderPath(Environment.SpecialFolder.CommonApplicationData)
            : Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify),
        Environment.GetFolderPath(Environment.SpecialFolder.UserProfile, Environment.SpecialFolderOption.DoNotVerify));

    /// <summary>The folder, from what the system says.</summary>
    /// <param name="named">What the variable says; null or empty when it is not set.</param>
    /// <param name="data">The system's folder for data; empty where it has none.</param>
    /// <param name="home">The user's home; empty where there is none.</param>
    internal static string Resolve(string? named, string data, string home)
    {
        if (!string.IsNullOrWhiteSpace(named)) return Path.GetFullPath(named!.Trim());
        if (data.Length > 0) return Path.Combine(data, Vendor, Product);
        if (home.Length > 0) return Path.Combine(home, ".local", "share", Vendor, Product);
        throw new ConnectorException(
            ErrorIds.ConfigurationNotWritable,
            ErrorKind.Storage,
            Variable,
            "This account has no folder for data in which a connector could be configured.",
            $"Set the environment variable {Variable} to the full path of a folder.");
    }
}
