using System.Text;

namespace IntuneExchangeConnector.Engine.Prerequisites;

/// <summary>Writes values into commands that people copy.</summary>
internal static class PowerShellText
{
    /// <summary>A value between single quotes, as PowerShell reads it back.</summary>
    /// <param name="value">The value; what moves a terminal's cursor must be refused before.</param>
    /// <returns>The text.</returns>
    public static string Quote(string value)
    {
        var text = new StringBuilder(value.Length + 2).Append('\'');
        foreach (var character in value)
        {
            // The typographic quotes end a text as the plain one does.
            if (character is '\'' or '\u2018' or '\u2019' or '\u201A' or '\u201B') text.Append(character);
            text.Append(character);
        }

        return text.Append('\'').ToString();
    }
}
