using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using IntuneExchangeConnector.Domain.Configuration;

namespace IntuneExchangeConnector.Module.Binding;

/// <summary>Offers the names of a mailbox policy's settings.</summary>
public sealed class PolicySettingCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(wordToComplete, static () => MailboxPolicySetting.All.Select(static setting => setting.Name));
}
