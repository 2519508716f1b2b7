using System.Globalization;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Takes a device access rule into the connector's care; the next full sync creates it where Exchange has none.</summary>
[Cmdlet(VerbsCommon.New, "ConnectorAccessRule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ConnectorAccessRule))]
public sealed class NewConnectorAccessRuleCommand : ConfigurationCmdlet
{
    /// <summary><b>-Characteristic:</b> what the rule looks at.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateSet(nameof(RuleCharacteristic.DeviceType), nameof(RuleCharacteristic.DeviceModel), nameof(RuleCharacteristic.DeviceOS), nameof(RuleCharacteristic.UserAgent))]
    public RuleCharacteristic Characteristic { get; set; }

    /// <summary><b>-QueryString:</b> the text it looks for, whole, as the devices present it.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(QueryStringCompleter))]
    public string QueryString { get; set; } = string.Empty;

    /// <summary><b>-AccessLevel:</b> what it gives.</summary>
    [Parameter(Mandatory = true, Position = 2, ValueFromPipelineByPropertyName = true)]
    public ExchangeAccessLevel AccessLevel { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var target = string.Format(CultureInfo.CurrentCulture, Strings.RuleTarget, Characteristic, QueryString, NameForPeople);
        if (!Approve(target, string.Format(CultureInfo.CurrentCulture, Strings.RuleNewAction, AccessLevel), force: false)) return;
        var rule = Change(ErrorIds.AccessRuleExists, console => EngineHost.Current.NewAccessRule(Name, new WantedAccessRule(Characteristic, QueryString, AccessLevel), console));
        if (rule is not null) WriteObject(rule);
    }
}
