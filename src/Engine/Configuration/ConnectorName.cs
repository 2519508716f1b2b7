using System;
using IntuneExchangeConnector.Domain.Errors;

namespace IntuneExchangeConnector.Engine.Configuration;

/// <summary>Which names a connector may have: its name is a folder's on every system.</summary>
internal static class ConnectorName
{
    private const int MaximumLength = 64;

    // Devices to Windows in every folder, with and without an extension.
    private static readonly string[] s_devices =
    [
        "CON", "PRN", "AUX", "NUL",
        "COM0", "COM1", "COM2", "COM3", "COM4", "COM5", "COM6", "COM7", "COM8", "COM9",
        "LPT0", "LPT1", "LPT2", "LPT3", "LPT4", "LPT5", "LPT6", "LPT7", "LPT8", "LPT9",
    ];

    /// <summary>How names are compared.</summary>
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>Refuses a name that cannot be a folder's.</summary>
    /// <param name="name">The name.</param>
    /// <exception cref="ConnectorException">ConnectorNameInvalid.</exception>
    public static void Check(string name)
    {
        if (!IsValid(name))
        {
            throw new ConnectorException(
                ErrorIds.ConnectorNameInvalid,
                ErrorKind.InvalidInput,
                name,
                "This cannot be the name of a connector.",
                $"Use 1 to {MaximumLength} letters, digits, spaces, hyphens, underscores and dots; no space or dot at either end, and no device name of Windows such as CON or COM1.");
        }
    }

    /// <summary>Whether a name can be a folder's.</summary>
    public static bool IsValid(string name)
    {
        if (name.Length is 0 or > MaximumLength) return false;
        foreach (var character in name)
        {
            if (!IsAllowed(character)) return false;
        }

        // A dot or a space at the end is dropped by Windows, and ".." is the folder above.
        if (name[0] is ' ' or '.' || name[name.Length - 1] is ' ' or '.') return false;

        var dot = name.IndexOf('.');
        var stem = (dot < 0 ? name : name.Substring(0, dot)).TrimEnd(' ');
        return Array.FindIndex(s_devices, device => Comparer.Equals(device, stem)) < 0;
    }

    // Superscript digits are digits to nobody but Windows, which takes COM¹ for COM1; they are no decimal digits and so not allowed.
    private static bool IsAllowed(char character) =>
        char.IsLetter(character) || char.IsDigit(character) || character is ' ' or '-' or '_' or '.';
}
