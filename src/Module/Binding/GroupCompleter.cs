using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Module.Hosting;

namespace IntuneExchangeConnector.Module.Binding;

/// <summary>Offers the names of groups that the connector saw before; the tenant is not asked for a key press.</summary>
public sealed class GroupCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var isIncluding = string.Equals(parameterName, "IncludedGroup", StringComparison.OrdinalIgnoreCase);
        IEnumerable<string> everybody = isIncluding ? [AccessPolicy.AllUsers] : [];
        return Completions.Of(wordToComplete, () => EngineHost.Current.GetGroupNames(Completions.Typed(fakeBoundParameters, "Name")).Concat(everybody));
    }
}
