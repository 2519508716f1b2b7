using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>Puts rows that were read anew in the place of remembered ones, and notes which of them are not what they were.</summary>
/// <typeparam name="TKey">What a row is known by.</typeparam>
/// <typeparam name="T">The row.</typeparam>
internal sealed class ChangedRows<TKey, T>
    where TKey : notnull
    where T : class
{
    private readonly IReadOnlyList<T> _known;
    private readonly Func<T, T, bool> _same;
    private readonly Dictionary<TKey, T> _before;
    private readonly Dictionary<TKey, T?> _after = [];
    private readonly Func<T, TKey> _key;

    public ChangedRows(IReadOnlyList<T> known, Func<T, TKey> key, Func<T, T, bool> same)
    {
        _known = known;
        _key = key;
        _same = same;
        _before = new Dictionary<TKey, T>(known.Count);
        foreach (var row in known) _before[key(row)] = row;
    }

    private T? Before(TKey key) => _before.TryGetValue(key, out var row) ? row : null;

    /// <summary>A row as it is now.</summary>
    public void Put(T row) => _after[_key(row)] = row;

    /// <summary>A row that is gone.</summary>
    public void Remove(TKey key) => _after[key] = null;

    /// <summary>The rows as they are now, the remembered ones in their order and new ones behind them; and what changed.</summary>
    public (IReadOnlyList<T> Rows, IReadOnlyList<RowChange<T>> Changes) Finish()
    {
        var changes = new List<RowChange<T>>();
        foreach (var pair in _after)
        {
            var (before, after) = (Before(pair.Key), pair.Value);
            if (before is null ? after is not null : after is null || !_same(before, after)) changes.Add(new RowChange<T>(before, after));
        }

        if (changes.Count == 0) return (_known, changes);
        var rows = new List<T>(_known.Count + changes.Count);
        foreach (var row in _known)
        {
            if (!_after.TryGetValue(_key(row), out var after)) rows.Add(row);
            else if (after is not null) rows.Add(_same(row, after) ? row : after);
        }

        foreach (var change in changes)
        {
            if (change is { Before: null, After: { } added }) rows.Add(added);
        }

        return (rows, changes);
    }
}
