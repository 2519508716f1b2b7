using System.Globalization;
using System.Text;

namespace IntuneExchangeConnector.Engine.Exchange.Faults;

/// <summary>Makes a server's text fit for a message: one line, bounded, nothing that steers a terminal or a log.</summary>
internal static class FaultText
{
    /// <summary>Longest text that is kept.</summary>
    public const int Limit = 2_000;

    /// <summary>Cleans a text.</summary>
    /// <param name="text">The server's text; may be null.</param>
    /// <returns>The text; never empty.</returns>
    public static string Clean(string? text)
    {
        var clean = new StringBuilder();
        var blank = true;
        foreach (var character in text ?? string.Empty)
        {
            if (clean.Length >= Limit) return clean.Append('…').ToString();
            if (!IsHarmless(character))
            {
                if (!blank) clean.Append(' ');
                blank = true;
                continue;
            }

            blank = character == ' ';
            clean.Append(character);
        }

        var result = clean.ToString().Trim();
        return result.Length == 0 ? "no text" : result;
    }

    // Format characters turn the direction of text around; a half of a surrogate pair breaks whoever encodes it.
    private static bool IsHarmless(char character) => CharUnicodeInfo.GetUnicodeCategory(character) is not
        (UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator
        or UnicodeCategory.Surrogate or UnicodeCategory.OtherNotAssigned);
}
