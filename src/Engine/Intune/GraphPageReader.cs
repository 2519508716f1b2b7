using System;
using System.Buffers;
using System.IO;
using System.Text.Json;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>
/// Reads one page as it arrives. At any moment it holds one piece of the body and the row it is reading; the body as a whole never
/// stands in memory.
/// </summary>
/// <typeparam name="T">The row.</typeparam>
internal sealed class GraphPageReader<T>
    where T : notnull
{
    private const int FirstBuffer = 64 * 1024;

    // Rows are a few kilobytes. One that outgrows this is no row, and no reason to fill the memory.
    private const int LargestBuffer = 4 * 1024 * 1024;

    private readonly Func<GraphRow, T?> _map;
    private readonly GraphPage<T> _page = new();
    private readonly GraphRow _row = new();
    private byte[] _buffer = ArrayPool<byte>.Shared.Rent(FirstBuffer);
    private int _length;
    private JsonReaderState _state;
    private Member _member;
    private bool _inRows;
    private bool _sawRows;
    private bool _ended;
    private bool _started;

    private GraphPageReader(Func<GraphRow, T?> map) => _map = map;

    private enum Member
    {
        Other,
        Value,
        NextLink,
        DeltaLink,
        Count,
    }

    /// <summary>Reads a page.</summary>
    /// <param name="body">The body.</param>
    /// <param name="map">Makes a row; null for one that does not belong in the list.</param>
    /// <returns>The page.</returns>
    /// <exception cref="EndOfStreamException">The body ends before the page does.</exception>
    /// <exception cref="JsonException">The body is no page.</exception>
    public static async Task<GraphPage<T>> ReadAsync(GraphBody body, Func<GraphRow, T?> map)
    {
        var reader = new GraphPageReader<T>(map);
        try
        {
            while (true)
            {
                reader.MakeRoom();
                var read = await body.ReadAsync(reader._buffer, reader._length, reader._buffer.Length - reader._length).ConfigureAwait(false);
                if (read == 0) return reader.End();
                reader._length += read;
                reader.Advance();
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(reader._buffer);
        }
    }

    private GraphPage<T> End()
    {
        if (!_ended) throw new EndOfStreamException();
        if (!_sawRows) throw new JsonException("it holds no list named value");
        return _page;
    }

    private void MakeRoom()
    {
        if (_length < _buffer.Length) return;
        if (_buffer.Length >= LargestBuffer) throw new JsonException("one of its rows is larger than any row can be");
        var larger = ArrayPool<byte>.Shared.Rent(_buffer.Length * 2);
        Buffer.BlockCopy(_buffer, 0, larger, 0, _length);
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = larger;
    }

    private void Advance()
    {
        if (!_started)
        {
            if (_length < 3 && _buffer[0] == 0xEF) return;
            SkipByteOrderMark();
            _started = true;
        }

        var reader = new Utf8JsonReader(_buffer.AsSpan(0, _length), isFinalBlock: false, _state);
        while (true)
        {
            var before = reader;
            if (!reader.Read()) break;
            if (Take(ref reader)) continue;
            reader = before;
            break;
        }

        _state = reader.CurrentState;
        Drop((int)reader.BytesConsumed);
    }

    // True when the token was taken with all that belongs to it; false when the rest of it has not arrived.
    private bool Take(ref Utf8JsonReader reader)
    {
        if (reader.CurrentDepth == 0) return TakeRoot(reader.TokenType);
        if (_inRows && reader.CurrentDepth == 2) return TakeRow(ref reader);
        if (reader.TokenType == JsonTokenType.PropertyName)
        {
            _member = reader.ValueTextEquals("value"u8) ? Member.Value
                : reader.ValueTextEquals("@odata.nextLink"u8) ? Member.NextLink
                : reader.ValueTextEquals("@odata.deltaLink"u8) ? Member.DeltaLink
                : reader.ValueTextEquals("@odata.count"u8) ? Member.Count
                : Member.Other;
            return true;
        }

        return TakeMember(ref reader);
    }

    private bool TakeRoot(JsonTokenType token)
    {
        if (token == JsonTokenType.EndObject) _ended = true;
        else if (token != JsonTokenType.StartObject) throw new JsonException("it is no object");
        return true;
    }

    private bool TakeMember(ref Utf8JsonReader reader)
    {
        switch (_member)
        {
            case Member.Value when reader.TokenType == JsonTokenType.StartArray:
                if (_sawRows) throw new JsonException("it holds two lists named value");
                _sawRows = _inRows = true;
                return true;
            case Member.Value when _inRows && reader.TokenType == JsonTokenType.EndArray:
                _inRows = false;
                return true;
            case Member.Value:
                throw new JsonException("its value is no list");
            case Member.NextLink:
                _page.NextLink = Link(ref reader);
                return true;
            case Member.DeltaLink:
                _page.DeltaLink = Link(ref reader);
                return true;
            case Member.Count when reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var count):
                _page.Count = count;
                return true;
            default:
                return reader.TrySkip();
        }
    }

    private static string? Link(ref Utf8JsonReader reader)
    {
        if (reader.TokenType == JsonTokenType.Null) return null;
        if (reader.TokenType != JsonTokenType.String) throw new JsonException("its next link is no text");
        try
        {
            return reader.GetString();
        }
        catch (InvalidOperationException)
        {
            throw new JsonException("its next link is no text");
        }
    }

    private bool TakeRow(ref Utf8JsonReader reader)
    {
        if (!_row.TryLoad(ref reader, _buffer)) return false;
        _page.Take(_row, _map);
        return true;
    }

    private void SkipByteOrderMark()
    {
        if (_length >= 3 && _buffer[0] == 0xEF && _buffer[1] == 0xBB && _buffer[2] == 0xBF) Drop(3);
    }

    private void Drop(int count)
    {
        _length -= count;
        if (count > 0 && _length > 0) Buffer.BlockCopy(_buffer, count, _buffer, 0, _length);
    }
}
