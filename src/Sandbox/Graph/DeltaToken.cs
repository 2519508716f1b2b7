using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>
/// A place in a round of changes. It carries the whole question, so that the endpoint remembers nothing: a link stays good over a
/// restart with the same state.
/// </summary>
internal sealed record DeltaToken
{
    /// <summary>For how long the directory keeps what changed.</summary>
    public static TimeSpan Lifetime { get; } = TimeSpan.FromDays(7);

    private const int SealLength = 8;

    public required GraphRoute Route { get; init; }

    public required DateTimeOffset Issued { get; init; }

    /// <summary>The state that the client knows; -1 when it knows nothing yet and gets everything.</summary>
    public int Since { get; init; } = -1;

    /// <summary>The state that the client knows when the round is over.</summary>
    public int Until { get; init; }

    /// <summary>Where the next page of the round starts.</summary>
    public GraphPlace Place { get; init; }

    /// <summary>Tells apart two links that lead to the same place.</summary>
    public byte Variant { get; init; }

    public string? Select { get; init; }

    /// <summary>The objects that the client asks about; empty for all.</summary>
    public IReadOnlyList<Guid> Ids { get; init; } = [];

    public string Write(Guid tenant)
    {
        using var buffer = new MemoryStream();
        using (var writer = new BinaryWriter(buffer, Encoding.UTF8, leaveOpen: true))
        {
            writer.Write((byte)Route);
            writer.Write(Issued.UtcTicks);
            writer.Write(Since);
            writer.Write(Until);
            writer.Write(Place.Offset);
            writer.Write(Place.LastId.ToByteArray());
            writer.Write(Variant);
            writer.Write(Select ?? "");
            writer.Write((ushort)Ids.Count);
            foreach (Guid id in Ids) writer.Write(id.ToByteArray());
        }

        byte[] content = buffer.ToArray();
        return Base64Url.EncodeToString([.. Seal(tenant, content), .. content]);
    }

    /// <summary>Null for a text that no endpoint of this tenant wrote.</summary>
    public static DeltaToken? Read(string text, Guid tenant)
    {
        if (!Base64Url.IsValid(text, out int length) || length <= SealLength) return null;
        byte[] bytes = Base64Url.DecodeFromChars(text);
        byte[] content = bytes[SealLength..];
        if (!Seal(tenant, content).AsSpan().SequenceEqual(bytes.AsSpan(0, SealLength))) return null;

        using var reader = new BinaryReader(new MemoryStream(content), Encoding.UTF8);
        var token = new DeltaToken
        {
            Route = (GraphRoute)reader.ReadByte(),
            Issued = new DateTimeOffset(reader.ReadInt64(), TimeSpan.Zero),
            Since = reader.ReadInt32(),
            Until = reader.ReadInt32(),
            Place = new GraphPlace(reader.ReadInt32(), new Guid(reader.ReadBytes(16))),
            Variant = reader.ReadByte(),
            Select = reader.ReadString() is { Length: > 0 } select ? select : null,
        };
        var ids = new Guid[reader.ReadUInt16()];
        for (int i = 0; i < ids.Length; i++) ids[i] = new Guid(reader.ReadBytes(16));
        return token with { Ids = ids };
    }

    private static byte[] Seal(Guid tenant, byte[] content) => SHA256.HashData([.. tenant.ToByteArray(), .. content])[..SealLength];
}
