using System.Globalization;
using System.Text;
using System.Text.Json;

namespace IntuneExchangeConnector.Engine.Intune;

/// <content>Texts that are only shown. People and their phones put anything into them, and a broken character in a name is no reason to give up a row.</content>
internal sealed partial class GraphRow
{
    /// <summary>A text that nothing is decided by.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The text, with U+FFFD where it holds what is no character; null where there is none.</returns>
    public string? ShownText(string name) => Find(name, out var value) ? Shown(value, name) : null;

    /// <summary>A text of which there are few and that nothing is decided by.</summary>
    /// <param name="name">The member.</param>
    /// <param name="pool">Keeps one copy of each.</param>
    /// <returns>The text, with U+FFFD where it holds what is no character; null where there is none.</returns>
    public string? ShownText(string name, StringPool pool)
    {
        if (!Find(name, out var value)) return null;
        return value is { Token: JsonTokenType.String, IsEscaped: false } && pool.Share(value.Content(_bytes)) is { } known ? known : pool.Share(Shown(value, name));
    }

    private string? Shown(in GraphValue value, string name)
    {
        if (value.Token != JsonTokenType.String) return Text(value, name);
        if (TryText(value, out var text)) return text;
        return value.IsEscaped ? Unescape(value) : Encoding.UTF8.GetString(_bytes, value.Start + 1, value.Length - 2);
    }

    // The reader has seen that every escape is one; only what it stands for may be no character.
    private string Unescape(in GraphValue value)
    {
        var text = new StringBuilder(value.Length);
        var end = value.Start + value.Length - 1;
        for (var at = value.Start + 1; at < end;)
        {
            if (_bytes[at] != (byte)'\\')
            {
                var plain = at;
                while (at < end && _bytes[at] != (byte)'\\') at++;
                text.Append(Encoding.UTF8.GetString(_bytes, plain, at - plain));
                continue;
            }

            var escape = (char)_bytes[at + 1];
            text.Append(escape switch
            {
                'u' => (char)ushort.Parse(Encoding.ASCII.GetString(_bytes, at + 2, 4), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture),
                'b' => '\b',
                'f' => '\f',
                'n' => '\n',
                'r' => '\r',
                't' => '\t',
                _ => escape,
            });
            at += escape == 'u' ? 6 : 2;
        }

        return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text.ToString()));
    }
}
