using System;

namespace IntuneExchangeConnector.Engine.Exchange.Reading;

/// <summary>
/// Gives equal texts one object. Types, models, systems and states come a hundred thousand times in a few hundred spellings, each time
/// as a new string. A slot holds the last text that fell on it: nothing grows, and a rare text merely stays its own. One reader, one pool.
/// </summary>
internal sealed class TextPool
{
    private const int Slots = 2_048;

    private readonly string?[] _slots = new string?[Slots];

    /// <summary>The one object of a text.</summary>
    /// <param name="text">The text.</param>
    /// <returns>An equal text.</returns>
    public string? Share(string? text)
    {
        if (text is null) return null;
        ref var slot = ref _slots[StringComparer.Ordinal.GetHashCode(text) & (Slots - 1)];
        if (slot is not null && string.Equals(slot, text, StringComparison.Ordinal)) return slot;
        return slot = text;
    }
}
