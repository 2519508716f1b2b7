using System;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Chance for jitter and for the ids that requests carry. It comes from a seed, so a test sees the same run again.</summary>
internal sealed class SeededChance
{
    private readonly Random _random;
    private readonly object _gate = new();

    /// <summary>Creates a source.</summary>
    /// <param name="seed">The seed.</param>
    public SeededChance(int seed) => _random = new Random(seed);

    /// <summary>A number of at least 0 and below 1.</summary>
    public double NextShare()
    {
        lock (_gate) return _random.NextDouble();
    }

    /// <summary>An id that finds a request again in Microsoft's logs; it protects nothing, so it need not be unguessable.</summary>
    public Guid NextId()
    {
        var bytes = new byte[16];
        lock (_gate) _random.NextBytes(bytes);
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }
}
