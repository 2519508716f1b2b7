using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Hosting;

namespace IntuneExchangeConnector.Module.Binding;

/// <summary>Offers the mailboxes of the last complete read.</summary>
public sealed class MailboxCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(wordToComplete, () => EngineHost.Current
            .GetDevices(Completions.Typed(fakeBoundParameters, "Name"), new DeviceQuery { DeviceId = Completions.Typed(fakeBoundParameters, "DeviceId") })
            .Select(device => device.Mailbox));
}
