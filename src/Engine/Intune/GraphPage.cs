using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>One page of a list.</summary>
/// <typeparam name="T">The row.</typeparam>
internal sealed class GraphPage<T>
{
    /// <summary>Rows that could be read.</summary>
    public List<T> Rows { get; } = [];

    /// <summary>Rows that could not.</summary>
    public List<UnreadableRow> Unreadable { get; } = [];

    /// <summary>Rows that the server sent, those that are none of ours included.</summary>
    public int Sent { get; set; }

    /// <summary>What the server said of the list's length; null when it did not.</summary>
    public long? Count { get; set; }

    /// <summary>Where the list goes on; null at its end.</summary>
    public string? NextLink { get; set; }

    /// <summary>Why the list ends here although its end was not seen; null otherwise.</summary>
    public string? Cut { get; set; }
}
