using System;
using System.Text;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Compares and decodes bytes of an answer as far as they are ASCII, which nearly all of them are.</summary>
internal static class AsciiText
{
    /// <summary>Whether bytes and a text are the same. Only what is one byte in the answer is one character in the text.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="text">The text.</param>
    public static bool Equals(ReadOnlySpan<byte> bytes, string text)
    {
        if (bytes.Length != text.Length) return false;
#if NET
        return Ascii.Equals(bytes, text);
#else
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != text[i] || bytes[i] > 127) return false;
        }

        return true;
#endif
    }

    /// <summary>Whether bytes begin with a text, in any case.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="prefix">The text, in lower case.</param>
    public static bool StartsWith(ReadOnlySpan<byte> bytes, string prefix)
    {
        if (bytes.Length < prefix.Length) return false;
        for (var i = 0; i < prefix.Length; i++)
        {
            if (char.ToLowerInvariant((char)bytes[i]) != prefix[i]) return false;
        }

        return true;
    }

    /// <summary>Makes a text of bytes.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <returns>The text; null where they are more than ASCII, or where this platform has no quick way.</returns>
    public static string? Decode(ReadOnlySpan<byte> bytes)
    {
#if NET
        return Ascii.IsValid(bytes) ? Encoding.Latin1.GetString(bytes) : null;
#else
        _ = bytes;
        return null;
#endif
    }
}
