using System;
using System.Collections.Generic;
using System.Globalization;
using System.Text.Json;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>
/// One row as Graph sent it. A member of the wrong type is no exception but a fault of the row: the first one is kept, and the row is
/// reported instead of being used by halves.
/// </summary>
internal sealed class GraphRow
{
    private readonly JsonElement _row;

    /// <summary>Wraps a row.</summary>
    /// <param name="row">The row; valid for as long as its document.</param>
    public GraphRow(JsonElement row)
    {
        _row = row;
        if (!IsObject) Fault = "The row is no object.";
    }

    /// <summary>Whether the row is one at all.</summary>
    public bool IsObject => _row.ValueKind == JsonValueKind.Object;

    /// <summary>What is wrong with the row; null when nothing is.</summary>
    public string? Fault { get; private set; }

    /// <summary>A text that must be there.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The text; empty, with a fault, where it is missing.</returns>
    public string Required(string name)
    {
        var text = Text(name);
        if (!string.IsNullOrEmpty(text)) return text!;
        Blame(name, "is missing");
        return string.Empty;
    }

    /// <summary>An id that must be there.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The id; empty, with a fault, where it is missing or none.</returns>
    public Guid RequiredId(string name)
    {
        if (Guid.TryParse(Required(name), out var id)) return id;
        Blame(name, "is no id");
        return Guid.Empty;
    }

    /// <summary>An id that may be missing.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The id; null where there is none, and for the id of nobody.</returns>
    public Guid? Id(string name)
    {
        var text = Text(name);
        if (string.IsNullOrEmpty(text)) return null;
        if (Guid.TryParse(text, out var id)) return id == Guid.Empty ? null : id;
        Blame(name, "is no id");
        return null;
    }

    /// <summary>A text.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The text as it was sent; null where there is none.</returns>
    public string? Text(string name) => Member(name) is { } member ? Text(member, name) : null;

    /// <summary>A truth value.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The value; false where there is none.</returns>
    public bool Flag(string name)
    {
        if (Member(name) is not { } member || member.ValueKind == JsonValueKind.False) return false;
        if (member.ValueKind == JsonValueKind.True) return true;
        Blame(name, "is neither true nor false");
        return false;
    }

    /// <summary>A truth value that may be missing.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The value; null where there is none.</returns>
    public bool? MaybeFlag(string name) => Member(name) is null ? null : Flag(name);

    /// <summary>A whole number.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The number; 0 where there is none.</returns>
    public int Number(string name)
    {
        if (Member(name) is not { } member) return 0;
        if (member.ValueKind == JsonValueKind.Number && member.TryGetInt32(out var number)) return number;
        Blame(name, "is no whole number");
        return 0;
    }

    /// <summary>An object inside this one.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The object; null where there is none.</returns>
    public GraphRow? Row(string name) => Member(name) is { ValueKind: JsonValueKind.Object } member ? new GraphRow(member) : null;

    /// <summary>An instant.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The instant, UTC; null where there is none, and for year 1, which is how Graph writes never.</returns>
    public DateTimeOffset? Instant(string name)
    {
        var text = Text(name);
        if (string.IsNullOrEmpty(text)) return null;
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var instant))
        {
            return instant.Year <= 1 ? null : instant;
        }

        Blame(name, "is no date");
        return null;
    }

    /// <summary>The texts of a list.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The texts; none where there is no list.</returns>
    public IEnumerable<string> Texts(string name)
    {
        foreach (var item in Items(name))
        {
            if (Text(item, name) is { } text) yield return text;
        }
    }

    /// <summary>The objects of a list.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The objects; none where there is no list.</returns>
    public IEnumerable<GraphRow> Rows(string name)
    {
        foreach (var item in Items(name))
        {
            var row = new GraphRow(item);
            if (row.IsObject) yield return row;
            Fault ??= row.Fault;
        }
    }

    /// <summary>Takes over the fault of a row inside this one.</summary>
    /// <param name="inner">The row inside.</param>
    public void Inherit(GraphRow inner) => Fault ??= inner.Fault;

    /// <summary>How the row can be found again: its id, or a name, or its place in the page.</summary>
    /// <param name="place">Its place in the page, from 1.</param>
    /// <returns>A clean text.</returns>
    public string Identity(int place)
    {
        if (IsObject)
        {
            foreach (var name in (string[])["id", "userPrincipalName", "deviceName"])
            {
                var text = ServerText.Clean(new GraphRow(_row).Text(name), 100);
                if (text.Length > 0) return text;
            }
        }

        return string.Format(CultureInfo.InvariantCulture, "row {0} of its page", place);
    }

    private IEnumerable<JsonElement> Items(string name)
    {
        if (Member(name) is not { } list) yield break;
        if (list.ValueKind != JsonValueKind.Array)
        {
            Blame(name, "is no list");
            yield break;
        }

        foreach (var item in list.EnumerateArray()) yield return item;
    }

    private string? Text(JsonElement element, string name)
    {
        if (element.ValueKind == JsonValueKind.Null) return null;
        if (element.ValueKind == JsonValueKind.String)
        {
            try
            {
                return element.GetString();
            }
            catch (InvalidOperationException)
            {
                // Bytes or escapes that are no characters.
            }
        }

        Blame(name, "is no text");
        return null;
    }

    /// <summary>A member of any kind.</summary>
    /// <param name="name">The member.</param>
    /// <returns>The member; null where there is none.</returns>
    public JsonElement? Member(string name)
    {
        try
        {
            return IsObject && _row.TryGetProperty(name, out var member) && member.ValueKind != JsonValueKind.Null ? member : null;
        }
        catch (InvalidOperationException)
        {
            Blame(name, "cannot be found");
            return null;
        }
    }

    private void Blame(string name, string what) => Fault ??= $"Its {name} {what}.";
}
