using System.Globalization;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Takes an EAS mailbox policy into the connector's care; the next full sync creates it where Exchange has none of that name.</summary>
[Cmdlet(VerbsCommon.New, "ConnectorMailboxPolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ConnectorMailboxPolicy))]
public sealed class NewConnectorMailboxPolicyCommand : MailboxPolicyCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        AskEngine(Check);
        var target = string.Format(CultureInfo.CurrentCulture, Strings.PolicyTarget, Policy, NameForPeople);
        if (!Approve(target, string.Format(CultureInfo.CurrentCulture, Strings.PolicyNewAction, Described), force: false)) return;
        var wanted = new WantedMailboxPolicy { Name = Policy, Settings = Settings, AssignTo = AssignTo, Mailboxes = Mailbox };
        var policy = Change(ErrorIds.MailboxPolicyExists, console => EngineHost.Current.NewMailboxPolicy(Name, wanted, console));
        if (policy is not null) WriteObject(policy);
    }
}
