using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Hosting;

namespace IntuneExchangeConnector.Module.Binding;

/// <summary>Offers the device ids of the last complete read; of one mailbox, where that was typed.</summary>
public sealed class DeviceIdCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(wordToComplete, () => EngineHost.Current
            .GetDevices(Completions.Typed(fakeBoundParameters, "Name"), new DeviceQuery { Mailbox = Completions.Typed(fakeBoundParameters, "Mailbox") })
            .Select(device => device.DeviceId));
}
