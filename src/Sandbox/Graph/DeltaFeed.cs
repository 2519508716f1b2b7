using System;
using System.Collections.Generic;
using System.Text.Json;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>One object of a round of changes, or a part of a group with its share of the members.</summary>
internal sealed record DeltaRow(Guid Id, object Subject)
{
    /// <summary>Why it is no longer there; null for what is.</summary>
    public string? Removed { get; init; }

    public IReadOnlyList<TenantMembership> Members { get; init; } = [];

    /// <summary>What it counts for in the size of a page.</summary>
    public int Weight => 1 + Members.Count;
}

/// <summary>One kind of object whose changes can be followed.</summary>
internal abstract class DeltaFeed(string fragment)
{
    public string Fragment => fragment;

    /// <summary>Everything there is, from a place on: the rows of one page, and where the next one starts.</summary>
    public abstract (IReadOnlyList<DeltaRow> Rows, GraphPlace? Next) Everything(SandboxWorld world, DeltaToken token, int size);

    /// <summary>Tells whether a change is one of these objects, and one that the client asked about.</summary>
    public abstract Func<TenantChange, bool> Filter(DeltaToken token);

    /// <summary>Writes the selected properties of a row into an open object.</summary>
    /// <exception cref="GraphProblem">The selection names no property.</exception>
    public abstract Action<Utf8JsonWriter, DeltaRow> Writer(SandboxWorld world, string? select);

    /// <summary>Splits what is too large for a page.</summary>
    public virtual IEnumerable<DeltaRow> Split(DeltaRow row, int size) => [row];

    /// <summary>What changed between two states: each object once, as it is now, in the order of the newest changes.</summary>
    public IReadOnlyList<DeltaRow> Changes(TenantChangeLog log, DeltaToken token, int since, int size)
    {
        var seen = new HashSet<Guid>();
        var members = new Dictionary<Guid, Dictionary<Guid, TenantMembership>>();
        var newest = new List<TenantChange>();
        Func<TenantChange, bool> isAbout = Filter(token);
        for (int place = token.Until - 1; place >= since; place--)
        {
            TenantChange change = log[place];
            if (!isAbout(change)) continue;
            if (seen.Add(change.Object)) newest.Add(change);
            foreach (TenantMembership member in change.Members)
            {
                if (!members.TryGetValue(change.Object, out Dictionary<Guid, TenantMembership>? known)) members[change.Object] = known = [];
                known.TryAdd(member.Member, member);
            }
        }

        newest.Reverse();
        var rows = new List<DeltaRow>(newest.Count);
        foreach (TenantChange change in newest)
        {
            var row = new DeltaRow(change.Object, change.Subject)
            {
                Removed = change.Kind switch { TenantChangeKind.Removed => "changed", TenantChangeKind.RemovedForGood => "deleted", _ => null },
            };
            bool hasMembers = row.Removed is null && members.ContainsKey(change.Object);
            rows.AddRange(Split(hasMembers ? row with { Members = [.. members[change.Object].Values] } : row, size));
        }

        return rows;
    }

    /// <summary>The rows of one page out of all, by weight; at least one.</summary>
    public static (IReadOnlyList<DeltaRow> Rows, GraphPlace? Next) Cut(IReadOnlyList<DeltaRow> all, int offset, int size)
    {
        var rows = new List<DeltaRow>();
        int weight = 0;
        int i = Math.Min(offset, all.Count);
        for (; i < all.Count && (rows.Count == 0 || weight + all[i].Weight <= size); i++)
        {
            rows.Add(all[i]);
            weight += all[i].Weight;
        }

        return (rows, i < all.Count ? new GraphPlace(i, Guid.Empty) : null);
    }

    /// <summary>Whether a change touches a selected property; one of an object that came or went always does.</summary>
    protected static bool Touches<T>(TenantChange change, IReadOnlyList<GraphProperty<T>> selected)
    {
        if (change.Kind != TenantChangeKind.Changed || change.Properties is not { } names) return true;
        foreach (GraphProperty<T> property in selected)
        {
            foreach (string name in names)
            {
                if (property.Name == name) return true;
            }
        }

        return false;
    }

    protected static bool Names(DeltaToken token, Guid id)
    {
        if (token.Ids.Count == 0) return true;
        foreach (Guid named in token.Ids)
        {
            if (named == id) return true;
        }

        return false;
    }

    protected static void Write<T>(Utf8JsonWriter json, in T row, IReadOnlyList<GraphProperty<T>> properties, Guid id)
    {
        // The id comes whether it was selected or not.
        json.WriteString("id", id);
        foreach (GraphProperty<T> property in properties)
        {
            if (property.Name == "id") continue;
            json.WritePropertyName(property.EncodedName);
            property.Write(json, in row);
        }
    }
}
