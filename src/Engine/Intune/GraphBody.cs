using System;
using System.IO;
using System.Net.Http;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Engine.Timing;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>The body of an answer as it arrives.</summary>
internal sealed class GraphBody : IDisposable
{
    private const int FirstBuffer = 16 * 1024;

    private readonly Stream _stream;
    private readonly IdleWatch _watch;
#if !NET
    private readonly CancellationTokenRegistration _abort;
#endif

    private GraphBody(Stream stream, IdleWatch watch, HttpResponseMessage response, string token)
    {
        Token = token;
        _stream = stream;
        _watch = watch;
#if NET
        _ = response;
#else
        // The streams of .NET Framework do not hear a token while they wait; closing the connection is what wakes them.
        _abort = watch.Token.Register(response.Dispose);
#endif
    }

    /// <summary>The token of the request, so that an answer that echoes it can be cleaned of it.</summary>
    public string Token { get; }

    /// <summary>Opens an answer's body.</summary>
    /// <param name="response">The answer; it stays the caller's.</param>
    /// <param name="watch">Is told of every arrival.</param>
    /// <param name="token">The token of the request.</param>
    /// <returns>The body.</returns>
    public static async Task<GraphBody> OpenAsync(HttpResponseMessage response, IdleWatch watch, string token)
    {
#if NET
        var stream = await response.Content.ReadAsStreamAsync(watch.Token).ConfigureAwait(false);
#else
        var stream = await response.Content.ReadAsStreamAsync().ConfigureAwait(false);
#endif
        return new GraphBody(stream, watch, response, token);
    }

    /// <summary>Reads what is there.</summary>
    /// <param name="buffer">Receives it.</param>
    /// <param name="offset">Where to begin in the buffer.</param>
    /// <param name="count">Bytes to read at most.</param>
    /// <returns>Bytes read; 0 at the end.</returns>
    public async Task<int> ReadAsync(byte[] buffer, int offset, int count)
    {
#if NET
        var read = await _stream.ReadAsync(buffer.AsMemory(offset, count), _watch.Token).ConfigureAwait(false);
#else
        var read = await _stream.ReadAsync(buffer, offset, count, _watch.Token).ConfigureAwait(false);
#endif
        _watch.Touch();
        return read;
    }

    /// <summary>Reads the beginning of a body that is small as a rule.</summary>
    /// <param name="limit">Bytes to read at most.</param>
    /// <returns>The bytes.</returns>
    public async Task<ArraySegment<byte>> ReadSomeAsync(int limit)
    {
        var buffer = new byte[limit];
        var length = 0;
        while (length < limit)
        {
            var read = await ReadAsync(buffer, length, limit - length).ConfigureAwait(false);
            if (read == 0) break;
            length += read;
        }

        return new ArraySegment<byte>(buffer, 0, length);
    }

    /// <summary>Reads a body whole.</summary>
    /// <param name="limit">Bytes that it may have.</param>
    /// <returns>The bytes.</returns>
    /// <exception cref="InvalidDataException">It has more.</exception>
    public async Task<ReadOnlyMemory<byte>> ReadAllAsync(int limit)
    {
        var buffer = new byte[FirstBuffer];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                if (length >= limit) throw new InvalidDataException("it is larger than any answer can be");
                Array.Resize(ref buffer, Math.Min(limit, length * 2));
            }

            var read = await ReadAsync(buffer, length, buffer.Length - length).ConfigureAwait(false);
            if (read == 0) return new ReadOnlyMemory<byte>(buffer, 0, length);
            length += read;
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
#if !NET
        _abort.Dispose();
#endif
        _stream.Dispose();
    }
}
