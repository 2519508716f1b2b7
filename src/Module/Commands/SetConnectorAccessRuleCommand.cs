using System.Globalization;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Changes the level of a device access rule that the connector looks after; the next full sync changes it in Exchange.</summary>
[Cmdlet(VerbsCommon.Set, "ConnectorAccessRule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ConnectorAccessRule))]
public sealed class SetConnectorAccessRuleCommand : ConfigurationCmdlet
{
    /// <summary><b>-Characteristic:</b> what the rule looks at.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    public RuleCharacteristic Characteristic { get; set; }

    /// <summary><b>-QueryString:</b> the text it looks for, without case.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(QueryStringCompleter))]
    public string QueryString { get; set; } = string.Empty;

    /// <summary><b>-AccessLevel:</b> what it is to give. Not from the pipeline: the rules that are piped here have a level of their own.</summary>
    [Parameter(Mandatory = true, Position = 2)]
    public ExchangeAccessLevel AccessLevel { get; set; }

    /// <summary><b>-PassThru:</b> emits the rule after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var target = string.Format(CultureInfo.CurrentCulture, Strings.RuleTarget, Characteristic, QueryString, NameForPeople);
        if (!Approve(target, string.Format(CultureInfo.CurrentCulture, Strings.RuleSetAction, AccessLevel), force: false)) return;
        var rule = Change(ErrorIds.AccessRuleNotFound, console => EngineHost.Current.SetAccessRule(Name, new WantedAccessRule(Characteristic, QueryString, AccessLevel), console));
        if (rule is not null && PassThru) WriteObject(rule);
    }
}
