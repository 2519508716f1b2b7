using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>A list that was read to its end, or as far as it went.</summary>
/// <typeparam name="T">The row.</typeparam>
internal sealed record ListRead<T>
{
    /// <summary>Rows, each id once.</summary>
    public required IReadOnlyList<T> Rows { get; init; }

    /// <summary>Rows that could not be read.</summary>
    public required IReadOnlyList<UnreadableRow> Unreadable { get; init; }

    /// <summary>Null when the end was seen; otherwise what was cut.</summary>
    public string? Incomplete { get; init; }

    /// <summary>What was announced and twice not sent, and is taken for a wrong count; null where nothing is missing.</summary>
    public Shortage? Borne { get; init; }
}
