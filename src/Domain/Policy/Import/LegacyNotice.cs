using System;
using System.Text;
using System.Xml;

namespace IntuneExchangeConnector.Domain.Policy.Import;

/// <summary>Reads the notice to users. It is kept as text and never rendered; what a configuration file cannot hold is taken out.</summary>
internal static class LegacyNotice
{
    private const int LongestText = 100_000;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Reads a notice.</summary>
    /// <param name="content">HTML in UTF-8 in Base64; null for none.</param>
    /// <returns>The text, or why there is none.</returns>
    public static (string? Text, string? Fault) Read(string? content)
    {
        if (content is null) return (null, LegacyWords.NotHeld);
        if (content.Length == 0) return (null, LegacyWords.Empty);
        if (content.Length > LongestText * 4) return (null, "The text is longer than a notice can be.");
        try
        {
            var text = Clean(s_strict.GetString(Convert.FromBase64String(content)));
            return text.Length == 0 ? (null, LegacyWords.Empty) : text.Length > LongestText ? (null, "The text is longer than a notice can be.") : (text, null);
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            return (null, "The text is not HTML in UTF-8 in Base64, as Graph describes it.");
        }
    }

    private static string Clean(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (text[i] == '\r')
            {
                clean.Append('\n');
                if (i + 1 < text.Length && text[i + 1] == '\n') i++;
            }
            else if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]))
            {
                clean.Append(text[i]).Append(text[++i]);
            }
            else if (XmlConvert.IsXmlChar(text[i]) && text[i] != '\uFEFF')
            {
                clean.Append(text[i]);
            }
        }

        return clean.ToString();
    }
}
