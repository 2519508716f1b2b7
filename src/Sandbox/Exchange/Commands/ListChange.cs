using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>
/// What a multi-valued parameter asks for: <c>@{Add=…;Remove=…}</c> merges, nothing clears, anything else overwrites.
/// </summary>
internal sealed record ListChange(bool Overwrites, IReadOnlyList<string> Added, IReadOnlyList<string> Removed)
{
    /// <exception cref="ExchangeCommandException">A key is neither Add nor Remove, or a value is no text.</exception>
    public static ListChange Of(object? value)
    {
        if (value is not IDictionary changes)
            return new ListChange(Overwrites: true, Texts(value), []);

        List<string> added = [];
        List<string> removed = [];
        foreach (DictionaryEntry change in changes)
        {
            string key = change.Key.ToString() ?? string.Empty;
            if (key.Equals("Add", StringComparison.OrdinalIgnoreCase) || key == "+")
                added.AddRange(Texts(change.Value));
            else if (key.Equals("Remove", StringComparison.OrdinalIgnoreCase) || key == "-")
                removed.AddRange(Texts(change.Value));
            else
                throw ExchangeErrors.Invalid($"'{key}' isn't a valid key for a change of a multi-valued property. Valid keys are Add and Remove.");
        }

        return new ListChange(Overwrites: false, added, removed);
    }

    /// <summary>The list as it will be.</summary>
    public IReadOnlyList<string> ApplyTo(IReadOnlyList<string> current)
    {
        IEnumerable<string> kept = Overwrites ? [] : current.Except(Removed, StringComparer.OrdinalIgnoreCase);
        return [.. kept.Union(Added, StringComparer.OrdinalIgnoreCase)];
    }

    private static string[] Texts(object? value) => Unwrap(value) switch
    {
        null => [],
        string text => [text],
        IDictionary => throw ExchangeErrors.Invalid("A value of a multi-valued property must be text."),
        IEnumerable several => [.. several.Cast<object?>().SelectMany(Texts)],
        { } single => [single.ToString() ?? string.Empty],
    };

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
