using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Management.Automation;

namespace IntuneExchangeConnector.Engine.Exchange.Reading;

/// <summary>
/// Reads one row by property names, tolerant of the many shapes in which a value arrives: live or deserialised, wrapped or plain,
/// a Guid or its text, a list, an array or the one value of a list, a foreign object that only its text is known of.
/// </summary>
internal readonly struct ExchangeRow
{
    // Only what names its parts in one order is a date here; 02/11 is November to some servers and February to others.
    private static readonly string[] s_dates =
    [
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ssZ", "yyyy-MM-dd HH:mm:ss", "ddd, dd MMM yyyy HH:mm:ss 'GMT'",
    ];

    private readonly PSObject _row;

    public ExchangeRow(PSObject row) => _row = row;

    /// <summary>Whether the row has a property, with a value or without.</summary>
    public bool Has(string name) => _row.Properties[name] is not null;

    /// <summary>A property's value as it came; null where there is none.</summary>
    public object? Value(string name) => _row.Properties[name]?.Value;

    /// <summary>A property's value, under the second name where the row does not have the first.</summary>
    public object? Value(string name, string otherName) => (_row.Properties[name] ?? _row.Properties[otherName])?.Value;

    /// <summary>A property as text; null where there is none or an empty one.</summary>
    public string? Text(string name) => TextOf(Value(name));

    /// <summary>A property as text, under the second name where the row does not have the first.</summary>
    public string? Text(string name, string otherName) => TextOf(Value(name, otherName));

    /// <summary>A property that has to be there as a Guid.</summary>
    /// <exception cref="InvalidDataException">It is not.</exception>
    public Guid Guid(string name)
    {
        var value = Plain(Value(name));
        if (value is Guid guid ? guid != System.Guid.Empty : System.Guid.TryParse(TextOf(value), out guid) && guid != System.Guid.Empty) return guid;
        throw new InvalidDataException($"{name} is no Guid.");
    }

    /// <summary>A property as yes or no.</summary>
    /// <exception cref="InvalidDataException">It is neither.</exception>
    public bool Flag(string name, bool otherwise)
    {
        var value = Plain(Value(name));
        if (value is bool flag) return flag;
        if (TextOf(value) is not { } text) return otherwise;
        return bool.TryParse(text, out flag) ? flag : throw new InvalidDataException($"{name} is neither true nor false.");
    }

    /// <summary>A property as an instant in UTC; null where there is none that can be read without guessing.</summary>
    public DateTimeOffset? Instant(string name) => Plain(Value(name)) switch
    {
        DateTime time => UtcOf(time),
        DateTimeOffset time => time.ToUniversalTime(),
        { } other when TextOf(other) is { } text
            && DateTimeOffset.TryParseExact(text, s_dates, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var time) => time,
        _ => null,
    };

    /// <summary>A property that has to be there as a list of texts.</summary>
    /// <exception cref="InvalidDataException">The row does not have the property, or it is no list.</exception>
    public IReadOnlyList<string> Texts(string name)
    {
        if (_row.Properties[name] is not { } property) throw new InvalidDataException($"{name} is missing.");
        var value = Plain(property.Value);
        if (value is null) return [];
        if (value is string single) return single.Length == 0 ? [] : [single];
        if (value is not IEnumerable items || value is IDictionary) throw new InvalidDataException($"{name} is no list.");
        List<string>? texts = null;
        foreach (var item in items)
        {
            if (TextOf(item) is { } text) (texts ??= new List<string>((items as ICollection)?.Count ?? 4)).Add(text);
        }

        return texts is null ? [] : texts;
    }

    /// <summary>The row's identity as far as it has one; for people.</summary>
    public string Identity() => Text("Identity") ?? Text("DistinguishedName") ?? Text("Guid") ?? Text("Name") ?? "a row without identity";

    /// <summary>A value as text; null where there is none or an empty one.</summary>
    public static string? TextOf(object? value)
    {
        var text = value switch
        {
            null => null,
            string plain => plain,
            PSObject { BaseObject: string plain } => plain,
            PSObject wrapped => wrapped.ToString(),
            IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
            _ => value.ToString(),
        };
        return string.IsNullOrEmpty(text) ? null : text;
    }

    /// <summary>A whole number, as itself or as digits; null where it is none.</summary>
    public static int? NumberOf(object? value)
    {
        value = Plain(value);
        if (value is int number) return number;
        return int.TryParse(TextOf(value), NumberStyles.Integer, CultureInfo.InvariantCulture, out number) ? number : null;
    }

    // What was deserialised keeps its text and properties on the wrapper; only a value with a base of its own is unwrapped.
    private static object? Plain(object? value) => value is PSObject { BaseObject: { } inner } and not { BaseObject: PSCustomObject } ? inner : value;

    private static DateTimeOffset UtcOf(DateTime time) =>
        new(time.Kind == DateTimeKind.Local ? time.ToUniversalTime() : DateTime.SpecifyKind(time, DateTimeKind.Utc));
}
