using System.Globalization;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Gives an EAS mailbox policy up: one that the connector created is removed by the next full sync, one that it adopted stays in Exchange.</summary>
[Cmdlet(VerbsCommon.Remove, "ConnectorMailboxPolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ConnectorMailboxPolicy))]
public sealed class RemoveConnectorMailboxPolicyCommand : ConfigurationCmdlet
{
    /// <summary><b>-Policy:</b> the policy's name, without case.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MailboxPolicyCompleter))]
    public string Policy { get; set; } = string.Empty;

    /// <summary><b>-PassThru:</b> emits the policy as Exchange still has it.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!Approve(string.Format(CultureInfo.CurrentCulture, Strings.PolicyTarget, Policy, NameForPeople), Strings.GiveUpAction, force: false)) return;
        var policy = Change(ErrorIds.MailboxPolicyNotFound, console => EngineHost.Current.RemoveMailboxPolicy(Name, Policy, console));
        if (policy is not null && PassThru) WriteObject(policy);
    }
}
