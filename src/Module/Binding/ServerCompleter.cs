using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using IntuneExchangeConnector.Module.Hosting;

namespace IntuneExchangeConnector.Module.Binding;

/// <summary>Offers the servers of the organisation, as the connector found them last.</summary>
public sealed class ServerCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(wordToComplete, () => EngineHost.Current.GetServers(Completions.Typed(fakeBoundParameters, "Name")).Select(static server => server.Server));
}
