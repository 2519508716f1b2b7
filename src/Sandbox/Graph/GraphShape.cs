using System;
using System.Collections.Generic;
using System.Text.Json;

namespace IntuneExchangeConnector.Sandbox.Graph;

internal delegate void GraphValueWriter<T>(Utf8JsonWriter writer, in T row);

/// <summary>One property of a resource; <see cref="IsDefault"/> says whether it comes unasked.</summary>
internal sealed record GraphProperty<T>(string Name, bool IsDefault, GraphValueWriter<T> Write)
{
    public JsonEncodedText EncodedName { get; } = JsonEncodedText.Encode(Name);
}

/// <summary>The properties of a resource and how each is written.</summary>
internal sealed class GraphShape<T>(string typeName, bool isIntune)
{
    private readonly List<GraphProperty<T>> _all = [];
    private readonly List<GraphProperty<T>> _default = [];

    public GraphShape<T> Add(string name, GraphValueWriter<T> write, bool isDefault = true)
    {
        var property = new GraphProperty<T>(name, isDefault, write);
        _all.Add(property);
        if (isDefault) _default.Add(property);
        return this;
    }

    public GraphShape<T> Text(string name, Func<T, string?> value, bool isDefault = true) =>
        Add(name, (Utf8JsonWriter writer, in T row) => writer.WriteStringValue(value(row)), isDefault);

    public GraphShape<T> Flag(string name, Func<T, bool?> value, bool isDefault = true) =>
        Add(name, (Utf8JsonWriter writer, in T row) => WriteFlag(writer, value(row)), isDefault);

    /// <summary>An instant in UTC. The calendar's first one stands for never.</summary>
    public GraphShape<T> Instant(string name, Func<T, DateTimeOffset?> value, bool isDefault = true) =>
        Add(name, (Utf8JsonWriter writer, in T row) => writer.WriteStringValue(DateTime.SpecifyKind((value(row) ?? DateTimeOffset.MinValue).UtcDateTime, DateTimeKind.Utc)), isDefault);

    /// <summary>Properties that this tenant has nothing to say about.</summary>
    public GraphShape<T> Nulls(bool isDefault, params ReadOnlySpan<string> names)
    {
        foreach (string name in names) Add(name, (Utf8JsonWriter writer, in T _) => writer.WriteNullValue(), isDefault);
        return this;
    }

    /// <summary>The properties that a request asks for; the default ones when it names none.</summary>
    /// <exception cref="GraphProblem">One of the names is no property.</exception>
    public IReadOnlyList<GraphProperty<T>> Select(string? select)
    {
        if (string.IsNullOrWhiteSpace(select)) return _default;
        var chosen = new List<GraphProperty<T>>();
        foreach (string name in select.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            GraphProperty<T> property = _all.Find(candidate => candidate.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw GraphProblem.NoProperty(name, typeName, isIntune);
            if (!chosen.Contains(property)) chosen.Add(property);
        }

        return chosen;
    }

    private static void WriteFlag(Utf8JsonWriter writer, bool? value)
    {
        if (value is { } known) writer.WriteBooleanValue(known);
        else writer.WriteNullValue();
    }
}
