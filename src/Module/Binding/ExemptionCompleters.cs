using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Hosting;

namespace IntuneExchangeConnector.Module.Binding;

/// <summary>Offers the mailboxes whose lists have entries.</summary>
public sealed class ExemptionMailboxCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(wordToComplete, () => EngineHost.Current
            .GetExemptions(Completions.Typed(fakeBoundParameters, "Name"), new ExemptionQuery { DeviceId = Completions.Typed(fakeBoundParameters, "DeviceId") })
            .Select(entry => entry.Mailbox));
}

/// <summary>Offers the ids of entries; of one mailbox, where that was typed.</summary>
public sealed class ExemptionIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(wordToComplete, () => EngineHost.Current
            .GetExemptions(Completions.Typed(fakeBoundParameters, "Name"), new ExemptionQuery { Mailbox = Completions.Typed(fakeBoundParameters, "Mailbox") })
            .Select(entry => entry.DeviceId));
}
