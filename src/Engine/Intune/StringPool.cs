using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Keeps one copy of texts that come again and again, as models and systems do in a hundred thousand devices.</summary>
internal sealed class StringPool
{
    // A tenant has hundreds of models, not tens of thousands: a pool that outgrows this saves nothing any more.
    private const int Largest = 16 * 1024;

    private readonly Dictionary<string, string> _known = new(StringComparer.Ordinal);

    /// <summary>The copy that everybody shares.</summary>
    /// <param name="text">The text.</param>
    /// <returns>An equal text; null for null.</returns>
    public string? Share(string? text)
    {
        if (text is null) return null;
        if (text.Length == 0) return string.Empty;
        if (_known.TryGetValue(text, out var known)) return known;
        if (_known.Count < Largest) _known.Add(text, text);
        return text;
    }
}
