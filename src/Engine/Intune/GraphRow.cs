using System;
using System.Buffers.Text;
using System.Collections.Generic;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>
/// One row as Graph sent it. A member of the wrong type is no exception but a fault of the row: the first one is kept, and the row is
/// reported instead of being used by halves.
/// </summary>
/// <remarks>
/// It reads the bytes of the answer where they lie, and one object serves row after row, because a hundred thousand documents of one row each
/// cost more than the rows. Whatever is kept of a row has to be taken out of it while it is at hand.
/// </remarks>
internal sealed partial class GraphRow
{
    /// <summary>The fault of a row that is something else.</summary>
    public const string NoObject = "The row is no object.";

    private byte[] _bytes = [];
    private GraphMember[] _members = new GraphMember[16];
    private int _count;
    private int _next;

    /// <summary>Makes a row that has nothing in it yet.</summary>
    public GraphRow()
    {
    }

    /// <summary>Takes a row out of a document.</summary>
    /// <param name="row">The row.</param>
    public GraphRow(JsonElement row)
    {
        try
        {
            Load(Encoding.UTF8.GetBytes(row.GetRawText()));
        }
        catch (InvalidOperationException)
        {
            Fault = "The row holds bytes that are no characters.";
        }
    }

    /// <summary>Whether the row is one at all.</summary>
    public bool IsObject { get; private set; }

    /// <summary>What is wrong with the row; null when nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>Takes the row that a reader stands at, with all that belongs to it.</summary>
    /// <param name="reader">The reader, at the row's first token.</param>
    /// <param name="bytes">What it reads.</param>
    /// <param name="offset">Where in the bytes the reader began.</param>
    /// <returns>False when the rest of the row has not arrived.</returns>
    public bool TryLoad(ref Utf8JsonReader reader, byte[] bytes, int offset = 0)
    {
        (_bytes, _count, _next, Fault) = (bytes, 0, 0, null);
        IsObject = reader.TokenType == JsonTokenType.StartObject;
        if (!IsObject)
        {
            Fault = NoObject;
            return reader.TrySkip();
        }

        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.EndObject) return true;
            if (_count == _members.Length) Array.Resize(ref _members, _count * 2);
            ref var member = ref _members[_count];
            member.NameStart = offset + (int)reader.TokenStartIndex + 1;
            member.NameLength = reader.ValueSpan.Length;
            member.NameIsEscaped = reader.ValueIsEscaped;
            if (!reader.Read() || !member.Value.TryTake(ref reader, offset)) return false;
            _count++;
        }

        return false;
    }

    /// <summary>Whether a member is there, whatever it is.</summary>
    /// <param name="name">The member.</param>
    public bool Has(string name) => Find(name, out _);

    /// <summary>An id that must be there.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The id; empty, with a fault, where it is missing or none.</returns>
    public Guid RequiredId(string name)
    {
        if (Find(name, out var value) && TryId(value, out var quick)) return quick;
        if (Guid.TryParse(Required(name), out var id)) return id;
        Blame(name, "is no id");
        return Guid.Empty;
    }

    /// <summary>An id that may be missing.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The id; null where there is none, and for the id of nobody.</returns>
    public Guid? Id(string name)
    {
        if (!Find(name, out var value)) return null;
        if (TryId(value, out var id)) return id == Guid.Empty ? null : id;
        var text = Text(value, name);
        if (string.IsNullOrEmpty(text)) return null;
        if (Guid.TryParse(text, out id)) return id == Guid.Empty ? null : id;
        Blame(name, "is no id");
        return null;
    }

    /// <summary>A truth value.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The value; false where there is none.</returns>
    public bool Flag(string name)
    {
        if (!Find(name, out var value) || value.Token == JsonTokenType.False) return false;
        if (value.Token == JsonTokenType.True) return true;
        Blame(name, "is neither true nor false");
        return false;
    }

    /// <summary>A truth value that may be missing.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The value; null where there is none.</returns>
    public bool? MaybeFlag(string name) => Has(name) ? Flag(name) : null;

    /// <summary>A whole number.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The number; 0 where there is none.</returns>
    public int Number(string name)
    {
        if (!Find(name, out var value)) return 0;
        if (value.Token == JsonTokenType.Number && value.Reader(_bytes).TryGetInt32(out var number)) return number;
        Blame(name, "is no whole number");
        return 0;
    }

    /// <summary>An object inside this one.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The object; null where there is none.</returns>
    public GraphRow? Row(string name)
    {
        if (!Find(name, out var value) || value.Token != JsonTokenType.StartObject) return null;
        var row = new GraphRow();
        var reader = value.Reader(_bytes);
        row.TryLoad(ref reader, _bytes, value.Start);
        return row;
    }

    /// <summary>An instant.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The instant, UTC; null where there is none, and for year 1, which is how Graph writes never.</returns>
    public DateTimeOffset? Instant(string name)
    {
        if (!Find(name, out var value)) return null;
        if (!TryInstant(value, out var instant))
        {
            var text = Text(value, name);
            if (string.IsNullOrEmpty(text)) return null;
            if (!DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out instant))
            {
                Blame(name, "is no date");
                return null;
            }
        }

        return instant.Year <= 1 ? null : instant;
    }

    /// <summary>The objects of a list, each by itself.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The objects; none where there is no list.</returns>
    public IReadOnlyList<GraphRow> Rows(string name)
    {
        var rows = new List<GraphRow>();
        if (!FindList(name, out var list)) return rows;
        var reader = list.Reader(_bytes);
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            var row = new GraphRow();
            row.TryLoad(ref reader, _bytes, list.Start);
            if (row.IsObject) rows.Add(row);
            else Inherit(row);
        }

        return rows;
    }

    /// <summary>Takes over the fault of a row inside this one.</summary>
    /// <param name="inner">The row inside.</param>
    public void Inherit(GraphRow inner) => Fault ??= inner.Fault;

    /// <summary>A list, for who reads its items where they lie.</summary>
    /// <param name="name">The member.</param>
    /// <param name="reader">Receives a reader that stands at the list's beginning.</param>
    /// <returns>False where there is no list.</returns>
    public bool TryList(string name, out Utf8JsonReader reader)
    {
        var found = FindList(name, out var list);
        reader = found ? list.Reader(_bytes) : default;
        return found;
    }

    /// <summary>Says what is wrong with the row, where nothing else is known to be.</summary>
    /// <param name="fault">What is wrong.</param>
    public void Blame(string fault) => Fault ??= fault;

    /// <summary>How the row can be found again: its id, or a name, or its place in the page.</summary>
    /// <param name="place">Its place in the page, from 1.</param>
    /// <returns>A clean text.</returns>
    public string Identity(int place)
    {
        var fault = Fault;
        foreach (var name in (string[])["id", "userPrincipalName", "deviceName"])
        {
            var text = IsObject ? ServerText.Clean(Text(name), 100) : string.Empty;
            Fault = fault;
            if (text.Length > 0) return text;
        }

        return string.Format(CultureInfo.InvariantCulture, "row {0} of its page", place);
    }

    private void Load(byte[] bytes)
    {
        var reader = new Utf8JsonReader(bytes);
        reader.Read();
        TryLoad(ref reader, bytes);
    }

    // Graph sends members in one order and we ask for them in another, but both are the same from row to row: the search goes on from the last find.
    private bool Find(string name, out GraphValue value)
    {
        for (int i = 0, at = _next; i < _count; i++, at++)
        {
            if (at >= _count) at = 0;
            if (!IsNamed(_members[at], name)) continue;
            _next = at + 1;
            value = _members[at].Value;
            return value.Token != JsonTokenType.Null;
        }

        value = default;
        return false;
    }

    private bool IsNamed(in GraphMember member, string name)
    {
        if (member.NameIsEscaped) return IsNamedByEscapes(member, name);
        return AsciiText.Equals(_bytes.AsSpan(member.NameStart, member.NameLength), name);
    }

    private bool IsNamedByEscapes(in GraphMember member, string name)
    {
        try
        {
            var reader = new Utf8JsonReader(_bytes.AsSpan(member.NameStart - 1, member.NameLength + 2));
            return reader.Read() && reader.ValueTextEquals(name);
        }
        catch (InvalidOperationException)
        {
            Blame(name, "cannot be found");
            return false;
        }
    }

    private bool FindList(string name, out GraphValue list)
    {
        if (!Find(name, out list)) return false;
        if (list.Token != JsonTokenType.StartArray)
        {
            Blame(name, "is no list");
            return false;
        }

        return true;
    }

    private bool TryId(in GraphValue value, out Guid id)
    {
        id = Guid.Empty;
        if (value.Token != JsonTokenType.String || value.IsEscaped) return false;
        var text = value.Content(_bytes);
        return Utf8Parser.TryParse(text, out id, out var used) && used == text.Length;
    }

    // A time without its zone is UTC here and local time to the reader, so that one goes the long way.
    private bool TryInstant(in GraphValue value, out DateTimeOffset instant)
    {
        instant = default;
        if (value.Token != JsonTokenType.String || value.IsEscaped || value.Length < 3 || _bytes[value.Start + value.Length - 2] != (byte)'Z') return false;
        return value.Reader(_bytes).TryGetDateTimeOffset(out instant);
    }

    private void Blame(string name, string what) => Fault ??= $"Its {name} {what}.";
}
