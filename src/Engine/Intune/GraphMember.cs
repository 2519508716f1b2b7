using System;
using System.Text.Json;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Where a member of a row lies in the bytes of the answer.</summary>
internal struct GraphMember
{
    /// <summary>Where its name begins, behind the quote.</summary>
    public int NameStart;

    /// <summary>Bytes of its name.</summary>
    public int NameLength;

    /// <summary>Whether its name is spelled with escapes.</summary>
    public bool NameIsEscaped;

    /// <summary>Its value.</summary>
    public GraphValue Value;
}

/// <summary>Where a value lies in the bytes of the answer.</summary>
internal struct GraphValue
{
    /// <summary>Where it begins, with its quote or bracket.</summary>
    public int Start;

    /// <summary>Bytes of it.</summary>
    public int Length;

    /// <summary>Its first token.</summary>
    public JsonTokenType Token;

    /// <summary>Of a text, whether it is spelled with escapes.</summary>
    public bool IsEscaped;

    /// <summary>Takes the value that a reader stands at, to its end.</summary>
    /// <param name="reader">The reader.</param>
    /// <param name="offset">Where in the bytes the reader began.</param>
    /// <returns>False when the rest of it has not arrived.</returns>
    public bool TryTake(ref Utf8JsonReader reader, int offset)
    {
        var start = (int)reader.TokenStartIndex;
        Token = reader.TokenType;
        IsEscaped = Token == JsonTokenType.String && reader.ValueIsEscaped;
        if (!reader.TrySkip()) return false;
        Start = offset + start;
        Length = (int)reader.BytesConsumed - start;
        return true;
    }

    /// <summary>The bytes between a text's quotes.</summary>
    /// <param name="bytes">The bytes of the answer.</param>
    public readonly ReadOnlySpan<byte> Content(byte[] bytes) => bytes.AsSpan(Start + 1, Length - 2);

    /// <summary>The same text without its beginning. Only for one that is not spelled with escapes.</summary>
    /// <param name="count">Bytes to leave away.</param>
    public readonly GraphValue Without(int count) => this with { Start = Start + count, Length = Length - count };

    /// <summary>A reader that stands at its first token.</summary>
    /// <param name="bytes">The bytes of the answer.</param>
    public readonly Utf8JsonReader Reader(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes.AsSpan(Start, Length));
        reader.Read();
        return reader;
    }
}
