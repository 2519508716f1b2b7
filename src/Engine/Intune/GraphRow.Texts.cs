using System;
using System.Buffers;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;

namespace IntuneExchangeConnector.Engine.Intune;

/// <content>Texts. Most of what a read keeps are texts, so none is made that another one at hand can stand for, or that is dropped again.</content>
internal sealed partial class GraphRow
{
    private const int IdLength = 16;
    private const int EncodedIdLength = 24;

    private static readonly UTF8Encoding s_strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>A text that must be there.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The text; empty, with a fault, where it is missing.</returns>
    public string Required(string name)
    {
        var text = Text(name);
        if (!string.IsNullOrEmpty(text)) return text!;
        Blame(name, "is missing");
        return string.Empty;
    }

    /// <summary>A text.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The text as it was sent; null where there is none.</returns>
    public string? Text(string name) => Find(name, out var value) ? Text(value, name) : null;

    /// <summary>A text of which there are few.</summary>
    /// <param name="name">The member.</param>
    /// <param name="pool">Keeps one copy of each.</param>
    /// <returns>The text as it was sent; null where there is none.</returns>
    public string? Text(string name, StringPool pool)
    {
        if (!Find(name, out var value)) return null;
        return value is { Token: JsonTokenType.String, IsEscaped: false } && pool.Share(value.Content(_bytes)) is { } known ? known : pool.Share(Text(value, name));
    }

    /// <summary>A text that may be one of those at hand.</summary>
    /// <param name="name">The member.</param>
    /// <param name="known">The texts at hand; of two that are the same, one object is enough.</param>
    /// <returns>The text as it was sent; null where there is none.</returns>
    public string? Text(string name, IReadOnlyList<string> known) => Find(name, out var value) ? Known(value, known) ?? Text(value, name) : null;

    /// <summary>An id that is written in base64, as directory sync writes it.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The id; null where there is none, and for a text that is something else.</returns>
    public Guid? EncodedId(string name)
    {
        if (!Find(name, out var value)) return null;
        var text = Text(value, name, EncodedIdLength);
        Span<byte> bytes = stackalloc byte[EncodedIdLength];
        return Base64.DecodeFromUtf8(text, bytes, out _, out var length) == OperationStatus.Done && length == IdLength ? MemoryMarshal.Read<Guid>(bytes) : null;
    }

    /// <summary>The texts of a list.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The texts; none where there is no list.</returns>
    public IReadOnlyList<string> Texts(string name)
    {
        var texts = new List<string>();
        EachText(name, string.Empty, [], texts.Add);
        return texts;
    }

    /// <summary>Takes the texts of a list that begin in a certain way.</summary>
    /// <param name="name">The member.</param>
    /// <param name="prefix">The beginning, in any case; it is left away.</param>
    /// <param name="known">Texts at hand, of which one may come again.</param>
    /// <param name="take">Receives each text.</param>
    public void EachText(string name, string prefix, IReadOnlyList<string> known, Action<string> take)
    {
        if (!FindList(name, out var list)) return;
        var reader = list.Reader(_bytes);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var item = default(GraphValue);
            item.TryTake(ref reader, list.Start);
            if (item is { Token: JsonTokenType.String, IsEscaped: false })
            {
                if (!AsciiText.StartsWith(item.Content(_bytes), prefix)) continue;
                item = item.Without(prefix.Length);
                if ((Known(item, known) ?? Text(item, name)) is { } text) take(text);
            }
            else if (Text(item, name) is { } text && text.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
            {
                take(text.Substring(prefix.Length));
            }
        }
    }

    private string? Text(in GraphValue value, string name)
    {
        if (value.Token == JsonTokenType.Null) return null;
        if (value.Token == JsonTokenType.String && TryText(value, out var text)) return text;
        Blame(name, "is no text");
        return null;
    }

    // False for bytes or escapes that are no characters.
    private bool TryText(in GraphValue value, out string? text)
    {
        try
        {
            text = value.IsEscaped ? value.Reader(_bytes).GetString() : Decode(value);
            return true;
        }
        catch (Exception failure) when (failure is InvalidOperationException or DecoderFallbackException)
        {
            text = null;
            return false;
        }
    }

    private string Decode(in GraphValue value) => AsciiText.Decode(value.Content(_bytes)) ?? s_strict.GetString(_bytes, value.Start + 1, value.Length - 2);

    // Nothing where it has another length, so that nothing is decoded for nothing.
    private ReadOnlySpan<byte> Text(in GraphValue value, string name, int length)
    {
        if (value is { Token: JsonTokenType.String, IsEscaped: false }) return value.Length - 2 == length ? value.Content(_bytes) : [];
        var text = Text(value, name);
        return text?.Length == length ? Encoding.UTF8.GetBytes(text) : [];
    }

    private string? Known(in GraphValue value, IReadOnlyList<string> known)
    {
        if (value is not { Token: JsonTokenType.String, IsEscaped: false }) return null;
        var content = value.Content(_bytes);
        for (var i = 0; i < known.Count; i++)
        {
            if (AsciiText.Equals(content, known[i])) return known[i];
        }

        return null;
    }
}
