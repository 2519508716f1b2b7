using System;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>The PowerShell that runs a command.</summary>
/// <param name="Version">Its version as it prints it, for example <c>7.4.6</c>.</param>
/// <param name="Edition"><c>Core</c> or <c>Desktop</c>.</param>
public sealed record ShellVersion(string Version, string Edition)
{
    /// <summary>True for PowerShell 7.</summary>
    public bool IsCore => string.Equals(Edition, "Core", StringComparison.OrdinalIgnoreCase);

    /// <summary>The version without what follows a hyphen; null where it is none.</summary>
    public Version? Number => System.Version.TryParse(Version.Split('-')[0], out var number) ? number : null;
}
