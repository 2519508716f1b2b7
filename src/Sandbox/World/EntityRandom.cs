using System;
using System.Buffers.Binary;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>The kinds of things that have a stream of chance of their own.</summary>
internal enum EntityKind
{
    World = 1,
    Mailbox,
    Partnership,
    ManagedDevice,
    User,
    Group,
    Configuration,
}

/// <summary>
/// SplitMix64, started anew for every entity: what one entity draws never moves what another one gets, and the numbers are
/// the same on every platform and runtime, which <see cref="Random"/> does not promise.
/// </summary>
internal struct EntityRandom
{
    private ulong _state;

    public EntityRandom(int seed, EntityKind kind, int index)
    {
        _state = unchecked((ulong)seed * 0xD1342543DE82EF95UL);
        _state = Next() ^ ((ulong)kind << 40);
        _state = Next() ^ (uint)index;
    }

    public ulong Next()
    {
        unchecked
        {
            _state += 0x9E3779B97F4A7C15UL;
            ulong z = _state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9UL;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EBUL;
            return z ^ (z >> 31);
        }
    }

    /// <summary>A number from 0 up to, not including, <paramref name="bound"/>.</summary>
    public int Below(int bound) => (int)Math.BigMul(Next(), (ulong)bound, out _);

    /// <summary>A number from 0 up to, not including, 1.</summary>
    public double Fraction() => (Next() >> 11) * (1.0 / (1UL << 53));

    public bool Chance(double share) => Fraction() < share;

    /// <summary>A whole number of seconds, up to, not including, <paramref name="bound"/>.</summary>
    public TimeSpan Within(TimeSpan bound) => TimeSpan.FromSeconds(Math.Floor(Fraction() * bound.TotalSeconds));

    public T Pick<T>(ReadOnlySpan<T> values) => values[Below(values.Length)];

    /// <summary>A version 4 Guid.</summary>
    public Guid NextGuid()
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt64LittleEndian(bytes, Next());
        BinaryPrimitives.WriteUInt64LittleEndian(bytes[8..], Next());
        bytes[7] = (byte)((bytes[7] & 0x0F) | 0x40);
        bytes[8] = (byte)((bytes[8] & 0x3F) | 0x80);
        return new Guid(bytes);
    }

    /// <summary>A prefix followed by characters of an alphabet, <paramref name="length"/> in all.</summary>
    public string NextText(string prefix, string alphabet, int length)
    {
        Span<char> text = stackalloc char[64];
        text = text[..length];
        prefix.CopyTo(text);
        for (int i = prefix.Length; i < length; i++) text[i] = alphabet[Below(alphabet.Length)];
        return new string(text);
    }
}
