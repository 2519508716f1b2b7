using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using IntuneExchangeConnector.Module.Hosting;

namespace IntuneExchangeConnector.Module.Binding;

/// <summary>Offers the names of mailbox policies that exist or are looked after.</summary>
public sealed class MailboxPolicyCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(wordToComplete, () => EngineHost.Current.GetMailboxPolicies(Completions.Typed(fakeBoundParameters, "Name")).Select(static policy => policy.Policy));
}
