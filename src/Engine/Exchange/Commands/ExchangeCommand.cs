using System;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Management.Automation;

namespace IntuneExchangeConnector.Engine.Exchange.Commands;

/// <summary>
/// A command on its way to Exchange: a cmdlet's name and parameters, and nothing else. It cannot exist unless the catalogue admits it,
/// and it is handed to PowerShell as command and parameters, never as text.
/// </summary>
internal sealed class ExchangeCommand
{
    private static readonly TimeSpan s_patienceWithObjects = TimeSpan.FromMinutes(5);

    // A server may look at every object before it sends the first one that fits.
    private static readonly TimeSpan s_patienceWithLists = TimeSpan.FromMinutes(10);

    private static readonly string[] s_everything = [];

    internal ExchangeCommand(string name, IDictionary<string, object> parameters, string[]? selected = null, InspectionCatalogue? inspection = null)
    {
        Dictionary<string, object> copy = new(parameters);
        if (inspection is null) ExchangeCatalogue.Admit(name, copy);
        else inspection.Admit(name, copy);
        Name = name;
        Parameters = new ReadOnlyDictionary<string, object>(copy);
        Selected = selected is null ? s_everything : (string[])selected.Clone();
    }

    /// <summary>The cmdlet's name.</summary>
    public string Name { get; }

    /// <summary>Its parameters.</summary>
    public IReadOnlyDictionary<string, object> Parameters { get; }

    /// <summary>The properties to which the server cuts each row; empty for whole rows.</summary>
    public IReadOnlyList<string> Selected { get; }

    /// <summary>Whether it names the one object that it is about.</summary>
    public bool IsOfOneObject => Parameters.ContainsKey("Identity");

    /// <summary>How long a server may be silent under it before nobody waits any more.</summary>
    public TimeSpan Patience => IsOfOneObject ? s_patienceWithObjects : s_patienceWithLists;

    /// <summary>Puts the command into a pipeline.</summary>
    /// <param name="shell">An empty pipeline.</param>
    public void AddTo(PowerShell shell)
    {
        shell.AddCommand(Name);
        foreach (var parameter in Parameters) shell.AddParameter(parameter.Key, parameter.Value);
        if (Selected.Count > 0) shell.AddCommand(ExchangeCatalogue.SelectObject).AddParameter("Property", Selected);
    }
}
