using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Keeps one copy of texts that come again and again, as models and systems do in a hundred thousand devices.</summary>
internal sealed class StringPool
{
    // A tenant has hundreds of models, not tens of thousands: a pool that outgrows this saves nothing any more.
    private const int Largest = 16 * 1024;

    private const int Slots = 4 * 1024;

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    // Finds the newest text of each slot by its bytes; whom another text pushed out of its slot is still known by its characters.
    private readonly string?[] _recent = new string?[Slots];

    /// <summary>The copy that everybody shares.</summary>
    /// <param name="text">The text.</param>
    /// <returns>An equal text; null for null.</returns>
    public string? Share(string? text)
    {
        if (text is null) return null;
        if (text.Length == 0) return string.Empty;
        if (!_known.TryGetValue(text, out var known))
        {
            known = text;
            if (_known.Count < Largest) _known.Add(text, text);
        }

        _recent[Slot(known)] = known;
        return known;
    }

    /// <summary>The copy that everybody shares, found without making a text of the bytes first.</summary>
    /// <param name="bytes">The text's bytes.</param>
    /// <returns>The text; null where it is not known by them.</returns>
    public string? Share(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length == 0) return string.Empty;
        var hash = Start;
        foreach (var one in bytes) hash = Next(hash, one);
        var candidate = _recent[hash % Slots];
        return candidate is not null && AsciiText.Equals(bytes, candidate) ? candidate : null;
    }

    private const uint Start = 2166136261;

    private static uint Next(uint hash, uint one) => unchecked((hash ^ one) * 16777619);

    private static uint Slot(string text)
    {
        var hash = Start;
        foreach (var one in text) hash = Next(hash, one);
        return hash % Slots;
    }
}
