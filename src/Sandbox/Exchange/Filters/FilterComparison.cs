using System;
using System.Collections;
using System.Globalization;
using System.Linq;

namespace IntuneExchangeConnector.Sandbox.Exchange.Filters;

/// <summary>One comparison with a fixed value. A multi-valued property fits when one of its values does.</summary>
internal static class FilterComparison
{
    /// <summary>The test for a property's value, or null where the operator cannot take the value.</summary>
    public static Func<object?, bool>? Create(string comparison, FilterToken value) => value switch
    {
        { Kind: FilterTokenKind.Variable } => OfVariable(comparison, value.Text),
        { Kind: FilterTokenKind.Text } => OfText(comparison, value.Text),
        { Kind: FilterTokenKind.Word } when long.TryParse(value.Text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _) => OfText(comparison, value.Text),
        _ => null,
    };

    private static Func<object?, bool>? OfVariable(string comparison, string name) => (comparison, name.ToLowerInvariant()) switch
    {
        ("eq", "null") => IsNothing,
        ("ne", "null") => value => !IsNothing(value),
        ("eq", "true") => value => value is true,
        ("eq", "false") => value => value is false,
        ("ne", "true") => value => value is not true,
        ("ne", "false") => value => value is not false,
        _ => null,
    };

    private static Func<object?, bool>? OfText(string comparison, string text) => comparison switch
    {
        "eq" => value => Any(value, single => Compare(single, text) == 0),
        "ne" => value => !Any(value, single => Compare(single, text) == 0),
        "lt" => value => Any(value, single => Compare(single, text) < 0),
        "le" => value => Any(value, single => Compare(single, text) <= 0),
        "gt" => value => Any(value, single => Compare(single, text) > 0),
        "ge" => value => Any(value, single => Compare(single, text) >= 0),
        "like" when Like(text) is { } like => value => Any(value, like),
        "notlike" when Like(text) is { } like => value => !Any(value, like),
        _ => null,
    };

    private static bool IsNothing(object? value) => value is null or "" or ICollection { Count: 0 };

    private static bool Any(object? value, Func<object, bool> test) => value switch
    {
        null => false,
        ArrayList several => several.Cast<object>().Any(test),
        _ => test(value),
    };

    private static int? Compare(object value, string text) => value switch
    {
        bool flag => bool.TryParse(text, out bool other) ? flag.CompareTo(other) : null,
        int number => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out long other) ? ((long)number).CompareTo(other) : null,
        Guid guid => Guid.TryParse(text, out Guid other) ? guid.CompareTo(other) : null,
        DateTime time => DateTime.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out DateTime other) ? time.CompareTo(other) : null,
        _ => string.Compare(value.ToString(), text, StringComparison.OrdinalIgnoreCase),
    };

    // A wildcard may stand at either end and nowhere else.
    private static Func<object, bool>? Like(string pattern)
    {
        bool open = pattern.Length > 0 && pattern[0] == '*';
        bool close = pattern.Length > (open ? 1 : 0) && pattern[^1] == '*';
        string core = pattern[(open ? 1 : 0)..(close ? ^1 : ^0)];
        if (core.Contains('*'))
            return null;

        return value => value.ToString() is { } text && (open, close) switch
        {
            (true, true) => text.Contains(core, StringComparison.OrdinalIgnoreCase),
            (true, false) => text.EndsWith(core, StringComparison.OrdinalIgnoreCase),
            (false, true) => text.StartsWith(core, StringComparison.OrdinalIgnoreCase),
            (false, false) => text.Equals(core, StringComparison.OrdinalIgnoreCase),
        };
    }
}
