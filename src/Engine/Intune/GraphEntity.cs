using System;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Reads an answer that is one object. Graph's reference wraps it in <c>value</c>, and Graph itself does not; both are taken.</summary>
internal static class GraphEntity
{
    // A list of every device model that an organisation ever saw is large, and still far from this.
    private const int LargestBody = 8 * 1024 * 1024;

    // An answer without a body holds an object without members.
    private static readonly byte[] s_nothing = [(byte)'{', (byte)'}'];

    /// <summary>Reads an object.</summary>
    /// <typeparam name="T">What it is read into.</typeparam>
    /// <param name="body">The body.</param>
    /// <param name="map">Reads it.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="JsonException">The body is no object, or one of its members is not what it must be.</exception>
    public static async Task<T> ReadAsync<T>(GraphBody body, Func<GraphRow, T> map)
    {
        using var buffer = new MemoryStream();
        var piece = new byte[64 * 1024];
        for (int read; (read = await body.ReadAsync(piece, 0, piece.Length).ConfigureAwait(false)) > 0;)
        {
            if (buffer.Length + read > LargestBody) throw new InvalidDataException("it is larger than any object can be");
            buffer.Write(piece, 0, read);
        }

        using var document = Parse(buffer);
        var entity = new GraphRow(Unwrap(document.RootElement));
        if (!entity.IsObject) throw new InvalidDataException("it is no object");
        var result = map(entity);
        return entity.Fault is { } fault ? throw new InvalidDataException(fault) : result;
    }

    private static JsonDocument Parse(MemoryStream buffer)
    {
        var bytes = new ReadOnlyMemory<byte>(buffer.GetBuffer(), 0, (int)buffer.Length);
        if (bytes.Length >= 3 && bytes.Span[0] == 0xEF && bytes.Span[1] == 0xBB && bytes.Span[2] == 0xBF) bytes = bytes.Slice(3);
        if (bytes.Length == 0) return JsonDocument.Parse(s_nothing);
        return WholeJson.Parse(bytes);
    }

    private static JsonElement Unwrap(JsonElement root) =>
        root.ValueKind == JsonValueKind.Object && root.TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Object ? value : root;
}
