using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Management.Automation;

namespace IntuneExchangeConnector.Sandbox.Exchange.Contract;

/// <summary>Turns a cmdlet's contract into the parameters that PowerShell binds.</summary>
internal static class ContractParameters
{
    private static readonly ConcurrentDictionary<string, Declaration[]> s_declarations = new(StringComparer.OrdinalIgnoreCase);

    /// <summary>Fresh parameters for one invocation; what <paramref name="hidden"/> names is not there at all.</summary>
    public static RuntimeDefinedParameterDictionary Create(string command, IReadOnlyCollection<string> hidden)
    {
        RuntimeDefinedParameterDictionary parameters = [];
        foreach (Declaration declaration in s_declarations.GetOrAdd(command, Declare))
        {
            if (hidden.Count > 0 && hidden.Contains(declaration.Name, StringComparer.OrdinalIgnoreCase))
                continue;

            parameters.Add(declaration.Name, new RuntimeDefinedParameter(declaration.Name, declaration.Type, declaration.Attributes));
        }

        return parameters;
    }

    private static Declaration[] Declare(string command) =>
    [
        .. CmdletContract.All[command].Sets
            .SelectMany(set => set.Parameters, (set, parameter) => (Set: set.Name, Parameter: parameter))
            // WhatIf and Confirm come with ShouldProcess.
            .Where(p => p.Parameter.Name is not ("WhatIf" or "Confirm"))
            .GroupBy(p => p.Parameter.Name, StringComparer.OrdinalIgnoreCase)
            .Select(group => new Declaration(
                group.Key,
                ParameterTypes.Of(group.First().Parameter.Type),
                [.. group.Select(p => Attribute(p.Set, p.Parameter))])),
    ];

    private static ParameterAttribute Attribute(string set, ParameterContract parameter) => new()
    {
        ParameterSetName = set.Length == 0 ? ParameterAttribute.AllParameterSets : set,
        Mandatory = parameter.Mandatory,
        Position = parameter.Position is { } position ? position - 1 : int.MinValue,
        ValueFromPipeline = parameter.Pipeline,
        ValueFromPipelineByPropertyName = parameter.Pipeline,
    };

    private sealed record Declaration(string Name, Type Type, Collection<Attribute> Attributes);
}
