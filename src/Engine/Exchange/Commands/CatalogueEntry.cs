using System;
using System.Collections.Generic;
using System.Linq;

namespace IntuneExchangeConnector.Engine.Exchange.Commands;

/// <summary>One cmdlet that the connector may send.</summary>
internal sealed class CatalogueEntry
{
    /// <summary>Describes a cmdlet.</summary>
    /// <param name="name">Its name.</param>
    /// <param name="role">The management role that gives it.</param>
    /// <param name="namesObject">True when it must never be sent without naming the one object that it acts on.</param>
    /// <param name="parameters">The parameters that may travel with it; a question mark after a name: also with nothing as its value, which takes away what stands there.</param>
    public CatalogueEntry(string name, string role, bool namesObject, params string[] parameters)
    {
        Name = name;
        Role = role;
        NamesObject = namesObject;
        Parameters = new HashSet<string>(parameters.Select(static parameter => parameter.TrimEnd('?')), StringComparer.OrdinalIgnoreCase);
        Clearable = new HashSet<string>(parameters.Where(static parameter => parameter.EndsWith("?", StringComparison.Ordinal)).Select(static parameter => parameter.TrimEnd('?')), StringComparer.OrdinalIgnoreCase);
    }

    /// <summary>The cmdlet's name.</summary>
    public string Name { get; }

    /// <summary>The management role that gives it.</summary>
    public string Role { get; }

    /// <summary>True when it must never be sent without naming the one object that it acts on.</summary>
    public bool NamesObject { get; }

    /// <summary>The parameters that may travel with it.</summary>
    public ISet<string> Parameters { get; }

    /// <summary>Those of them that may travel with nothing as their value.</summary>
    public ISet<string> Clearable { get; }
}
