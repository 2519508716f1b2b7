using System.Collections.Generic;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Contract;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>The arguments of one execution, read by name because the contract, not the class, declares the parameters.</summary>
internal readonly struct BoundArguments(IReadOnlyDictionary<string, object> bound)
{
    public IEnumerable<string> Names => bound.Keys;

    public bool Has(string name) => bound.ContainsKey(name);

    /// <summary>The value; null where the parameter is not bound or bound to nothing.</summary>
    public object? Value(string name) => bound.TryGetValue(name, out object? value) ? Unwrap(value) : null;

    /// <summary>The value as text; null where there is none. Identities, enumerations and addresses all read as text.</summary>
    public string? Text(string name) => Value(name)?.ToString();

    public bool Switch(string name) => Value(name) is SwitchParameter { IsPresent: true };

    public bool? Boolean(string name) => Value(name) as bool?;

    /// <summary>The result size: <paramref name="otherwise"/> where none is given, null for unlimited.</summary>
    public int? Limit(string name, int otherwise) => Value(name) is Unlimited limit ? limit.Count : otherwise;

    private static object? Unwrap(object? value) => value is PSObject wrapped ? wrapped.BaseObject : value;
}
