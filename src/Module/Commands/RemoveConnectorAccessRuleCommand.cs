using System.Globalization;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Gives a device access rule up: one that the connector created is removed by the next full sync, one that it adopted stays in Exchange.</summary>
[Cmdlet(VerbsCommon.Remove, "ConnectorAccessRule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ConnectorAccessRule))]
public sealed class RemoveConnectorAccessRuleCommand : ConfigurationCmdlet
{
    /// <summary><b>-Characteristic:</b> what the rule looks at.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public RuleCharacteristic Characteristic { get; set; }

    /// <summary><b>-QueryString:</b> the text it looks for, without case.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(QueryStringCompleter))]
    public string QueryString { get; set; } = string.Empty;

    /// <summary><b>-PassThru:</b> emits the rule as Exchange still has it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var target = string.Format(CultureInfo.CurrentCulture, Strings.RuleTarget, Characteristic, QueryString, NameForPeople);
        if (!Approve(target, Strings.GiveUpAction, force: false)) return;
        var rule = Change(ErrorIds.AccessRuleNotFound, console => EngineHost.Current.RemoveAccessRule(Name, Characteristic, QueryString, console));
        if (rule is not null && PassThru) WriteObject(rule);
    }
}
