using System;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>
/// Makes text of a server fit for a message: one line, bounded, nothing that moves a terminal's cursor, and nothing that looks like a
/// token, because a server may echo what it was sent.
/// </summary>
internal static class ServerText
{
    // Beyond this nothing is looked at: the bounds below are far smaller.
    private const int Longest = 16 * 1024;

    private static readonly Regex s_tokenLike = new(@"\beyJ[A-Za-z0-9_-]{8,}(?:\.[A-Za-z0-9_-]*)*", RegexOptions.CultureInvariant);

    /// <summary>Cleans a text.</summary>
    /// <param name="text">What the server said; null counts as empty.</param>
    /// <param name="limit">Characters to keep at most.</param>
    /// <param name="secret">A text that must not appear, whatever it looks like; null for none.</param>
    /// <returns>The clean text; may be empty.</returns>
    public static string Clean(string? text, int limit, string? secret = null)
    {
        if (string.IsNullOrEmpty(text)) return string.Empty;
        var source = text!.Length > Longest ? text.Substring(0, Longest) : text;
        if (!string.IsNullOrEmpty(secret)) source = source.Replace(secret!, "(token)");
        return Bound(OneLine(s_tokenLike.Replace(source, "(token)")), limit);
    }

    private static string OneLine(string text)
    {
        var clean = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var pair = char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1]);
            if (pair)
            {
                clean.Append(text[i]).Append(text[++i]);
            }
            else if (!IsHarmless(text[i]))
            {
                if (clean.Length > 0 && clean[clean.Length - 1] != ' ') clean.Append(' ');
            }
            else if (text[i] != ' ' || (clean.Length > 0 && clean[clean.Length - 1] != ' '))
            {
                clean.Append(text[i]);
            }
        }

        return clean.ToString().TrimEnd();
    }

    private static bool IsHarmless(char character) => char.GetUnicodeCategory(character) is not (
        UnicodeCategory.Control
        or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator
        or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate
        or UnicodeCategory.OtherNotAssigned);

    private static string Bound(string text, int limit)
    {
        if (text.Length <= limit) return text;
        var end = char.IsHighSurrogate(text[limit - 2]) ? limit - 2 : limit - 1;
        return text.Substring(0, end) + "…";
    }
}
