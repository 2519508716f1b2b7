using System;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Shows the organisation's device access rules beside the ones that the connector looks after.</summary>
[Cmdlet(VerbsCommon.Get, "ConnectorAccessRule")]
[OutputType(typeof(ConnectorAccessRule))]
public sealed class GetConnectorAccessRuleCommand : ConfigurationReadCmdlet
{
    /// <summary><b>-Characteristic:</b> only rules that look at this.</summary>
    [Parameter(Position = 0)]
    public RuleCharacteristic Characteristic { get; set; }

    /// <summary><b>-QueryString:</b> only the rule for this text, without case.</summary>
    [Parameter(Position = 1)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(QueryStringCompleter))]
    public string? QueryString { get; set; }

    /// <summary><b>-State:</b> only rules that stand so.</summary>
    [Parameter]
    public ConfigurationState State { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!TryAskEngine(ErrorIds.ConnectorNotFound, () => EngineHost.Current.GetAccessRules(Name), out var rules)) return;
        foreach (var rule in rules)
        {
            TellAge(rule.AsOf);
            if (IsGiven(nameof(Characteristic)) && rule.Characteristic != Characteristic) continue;
            if (QueryString is not null && !string.Equals(rule.QueryString, QueryString, StringComparison.OrdinalIgnoreCase)) continue;
            if (IsGiven(nameof(State)) && rule.State != State) continue;
            WriteObject(rule);
        }
    }
}
