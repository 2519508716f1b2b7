using System.Globalization;
using System.Text;

namespace IntuneExchangeConnector.Module.Hosting;

/// <summary>
/// Device ids, models and server texts are chosen by strangers. On their way to a terminal they lose what a terminal would obey:
/// escape sequences, line breaks that forge a line, marks that turn the direction of writing.
/// </summary>
internal static class PlainText
{
    private const char Replacement = '\uFFFD';

    /// <summary>Makes one harmless line.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>The text; line breaks and tabs become blanks, other control and format characters U+FFFD.</returns>
    public static string OneLine(string text)
    {
        StringBuilder? clean = null;
        for (var i = 0; i < text.Length; i++)
        {
            var harmless = Harmless(text[i]);
            if (harmless == text[i]) continue;
            clean ??= new StringBuilder(text);
            clean[i] = harmless;
        }

        return clean?.ToString() ?? text;
    }

    /// <summary>True when a text can be shown and typed as it is.</summary>
    /// <param name="text">Any text.</param>
    /// <returns>False when <see cref="OneLine"/> would change it.</returns>
    public static bool IsHarmless(string text) => ReferenceEquals(OneLine(text), text);

    private static char Harmless(char c) => c switch
    {
        '\r' or '\n' or '\t' => ' ',
        _ => char.GetUnicodeCategory(c) switch
        {
            UnicodeCategory.Control or UnicodeCategory.Format or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator => Replacement,
            _ => c,
        },
    };
}
