using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>The rows of a list in the order they came, each id once.</summary>
/// <typeparam name="T">The row.</typeparam>
/// <typeparam name="TKey">What makes a row the same as another.</typeparam>
/// <param name="key">The row's id.</param>
/// <param name="choose">Of two rows with one id, in the order they came, the one to keep; null for the later.</param>
/// <param name="expected">How many rows the server announced; null where it did not.</param>
internal sealed class RowsById<T, TKey>(Func<T, TKey> key, Func<T, T, T>? choose, long? expected)
    where T : class
    where TKey : notnull
{
    // Room is made for what is announced, but not for what a server merely claims.
    private const int MostRoom = 1 << 20;

    private readonly List<T> _rows = new(Room(expected));
    private readonly Dictionary<TKey, int> _places = new(Room(expected));

    /// <summary>The rows.</summary>
    public IReadOnlyList<T> Rows => _rows;

    /// <summary>Adds the rows of a page.</summary>
    /// <param name="page">The rows.</param>
    public void Add(List<T> page)
    {
        foreach (var row in page)
        {
            var id = key(row);
            if (_places.TryGetValue(id, out var place))
            {
                _rows[place] = choose is null ? row : choose(_rows[place], row);
            }
            else
            {
                _places.Add(id, _rows.Count);
                _rows.Add(row);
            }
        }
    }

    private static int Room(long? expected) => (int)Math.Min(MostRoom, Math.Max(0, expected ?? 0));
}
