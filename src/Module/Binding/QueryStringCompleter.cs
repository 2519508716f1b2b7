using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Module.Hosting;

namespace IntuneExchangeConnector.Module.Binding;

/// <summary>Offers texts for a device access rule: for a new one what devices presented at the last complete read, otherwise those of the rules.</summary>
public sealed class QueryStringCompleter : IArgumentCompleter
{
    /// <inheritdoc/>
    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters) =>
        Completions.Of(wordToComplete, () => Texts(
            Completions.Typed(fakeBoundParameters, "Name"),
            Enum.TryParse<RuleCharacteristic>(Completions.Typed(fakeBoundParameters, "Characteristic"), ignoreCase: true, out var typed) ? typed : null,
            isNew: commandName.StartsWith("New-", StringComparison.OrdinalIgnoreCase)));

    private static IEnumerable<string> Texts(string? name, RuleCharacteristic? characteristic, bool isNew)
    {
        if (!isNew) return EngineHost.Current.GetAccessRules(name).Where(rule => characteristic is null || rule.Characteristic == characteristic).Select(static rule => rule.QueryString);
        return characteristic is { } known
            ? EngineHost.Current.GetQueryStrings(name, known)
            : EngineHost.Current.GetQueryStrings(name, RuleCharacteristic.DeviceType).Concat(EngineHost.Current.GetQueryStrings(name, RuleCharacteristic.DeviceModel));
    }
}
