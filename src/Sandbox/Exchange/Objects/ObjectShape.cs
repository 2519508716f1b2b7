using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Objects;

/// <summary>One property of an output object.</summary>
internal readonly record struct Column<TRow>(string Name, Func<TRow, object?> Read);

/// <summary>
/// What one of Exchange's types looks like from outside: its type names and its properties in their order. Objects are bags of
/// notes made in one pass, because a session writes hundreds of thousands of them; see <see cref="EngineMembers"/>.
/// </summary>
internal sealed class ObjectShape<TRow>
{
    private readonly string[] _typeNames;
    private readonly Action<PSObject> _stamp;
    private readonly Column<TRow>[] _columns;
    private readonly Dictionary<string, Column<TRow>> _byName;
    private readonly Lazy<ObjectShape<TRow>> _older;

    // Values that travel with their depth must not carry lists of their own: the client would get wrappers for plain ones.
    private Func<string, object?, PSNoteProperty> _note = EngineMembers.Note;

    /// <param name="typeNames">Full names, the most derived first.</param>
    /// <param name="columns">Properties in the order in which they are printed.</param>
    public ObjectShape(IEnumerable<string> typeNames, params IEnumerable<Column<TRow>> columns)
    {
        _typeNames = [.. typeNames];
        _stamp = EngineMembers.Stamp([.. _typeNames, "System.Object"]);
        _columns = [.. columns];
        _older = new(() => new ObjectShape<TRow>(Exchange2010.TypeNames(_typeNames), Exchange2010.Columns(_columns)) { _note = static (name, value) => new(name, value) });
        _byName = _columns.ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The same type as a server of the given release sends it.</summary>
    public ObjectShape<TRow> On(SandboxServer server) => server.IsExchange2010 ? _older.Value : this;

    public PSObject Create(TRow row) => Create(row, _columns);

    /// <summary>An object that carries values for some properties only; the others are there and empty.</summary>
    public PSObject Create(TRow row, IReadOnlySet<string> filled) =>
        Create(row, [.. _columns.Select(c => filled.Contains(c.Name) ? c : new Column<TRow>(c.Name, static _ => null))]);

    public bool TryGet(string name, out Column<TRow> column) => _byName.TryGetValue(name, out column);

    private PSObject Create(TRow row, Column<TRow>[] columns)
    {
        PSObject result = new(columns.Length);
        _stamp(result);
        foreach (Column<TRow> column in columns)
            result.Properties.Add(_note(column.Name, column.Read(row)), preValidated: true);
        return result;
    }
}
