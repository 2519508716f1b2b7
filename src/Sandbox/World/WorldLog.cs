using System;
using System.Buffers;
using System.Collections.Generic;
using System.IO;
using System.Text.Json;
using System.Threading;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>
/// The append-only file of changes that several processes share: one JSON object a line. Only the holder of the lock file writes;
/// readers take whole lines only, so that a writer that was killed in the middle of one leaves nothing behind.
/// </summary>
internal sealed class WorldLog(string folder)
{
    private readonly string _path = Path.Combine(folder, "changes.jsonl");
    private readonly string _lockPath = Path.Combine(folder, "changes.lock");
    private long _read;

    /// <summary>Reads the lines that were added since the last call; costs a look at the file's length when there are none.</summary>
    public IReadOnlyList<WorldMutation> ReadNew()
    {
        var info = new FileInfo(_path);
        if (!info.Exists || info.Length == _read) return [];

        using var stream = new FileStream(_path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        stream.Position = _read;
        int length = (int)(stream.Length - _read);
        byte[] buffer = ArrayPool<byte>.Shared.Rent(length);
        try
        {
            // Shorter than it was when a dead writer's rest was cut off meanwhile.
            int got = stream.ReadAtLeast(buffer.AsSpan(0, length), length, throwOnEndOfStream: false);
            ReadOnlySpan<byte> rest = buffer.AsSpan(0, got);
            var mutations = new List<WorldMutation>();
            for (int end = rest.IndexOf((byte)'\n'); end >= 0; end = rest.IndexOf((byte)'\n'))
            {
                mutations.Add(JsonSerializer.Deserialize(rest[..end], WorldJson.Default.WorldMutation)
                    ?? throw new InvalidDataException($"{_path} holds a line that says nothing."));
                rest = rest[(end + 1)..];
                _read += end + 1;
            }

            return mutations;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Writes the lines at the end; the caller holds the lock and has read all there is.</summary>
    public void Append(IReadOnlyList<WorldMutation> mutations)
    {
        var buffer = new ArrayBufferWriter<byte>();
        foreach (WorldMutation mutation in mutations)
        {
            using (var writer = new Utf8JsonWriter(buffer)) JsonSerializer.Serialize(writer, mutation, WorldJson.Default.WorldMutation);
            buffer.Write("\n"u8);
        }

        using var stream = new FileStream(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite);
        // What lies behind the last whole line is the rest of a writer that died.
        stream.SetLength(_read);
        stream.Position = _read;
        stream.Write(buffer.WrittenSpan);
        stream.Flush();
        _read = stream.Position;
    }

    /// <summary>Waits for the one lock of the organisation; disposing gives it back, and so does the end of the process.</summary>
    /// <exception cref="TimeoutException">Another process held it for longer than any change takes.</exception>
    public IDisposable Lock()
    {
        for (int attempt = 0; ; attempt++)
        {
            try
            {
                return new FileStream(_lockPath, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
            }
            catch (IOException) when (attempt < 5_000)
            {
                Thread.Sleep(attempt < 100 ? 1 : 10);
            }
            catch (IOException exception)
            {
                throw new TimeoutException($"{_lockPath} was held by another process for too long.", exception);
            }
        }
    }
}
