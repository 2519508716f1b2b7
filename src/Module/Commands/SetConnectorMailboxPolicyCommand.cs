using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Changes an EAS mailbox policy that the connector looks after. What is not named stays as it is; the next full sync changes it in Exchange.</summary>
[Cmdlet(VerbsCommon.Set, "ConnectorMailboxPolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ConnectorMailboxPolicy))]
public sealed class SetConnectorMailboxPolicyCommand : MailboxPolicyCmdlet
{
    /// <summary><b>-ReleaseSetting:</b> names of settings that are looked after no more; they stay in Exchange as they are.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(PolicySettingCompleter))]
    public string[] ReleaseSetting { get; set; } = [];

    /// <summary><b>-PassThru:</b> emits the policy after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        AskEngine(Check);
        AskEngine(CheckReleased);
        var described = string.Join("; ", new[] { Described, string.Join(", ", ReleaseSetting.Select(static name => name + " " + Strings.NotLookedAfter)) }.Where(static part => part.Length > 0));
        if (described.Length == 0)
        {
            WriteWarning(Strings.NothingToSet);
            return;
        }

        var target = string.Format(CultureInfo.CurrentCulture, Strings.PolicyTarget, Policy, NameForPeople);
        if (!Approve(target, string.Format(CultureInfo.CurrentCulture, Strings.SetAction, described), force: false)) return;
        var policy = Change(ErrorIds.MailboxPolicyNotFound, console => EngineHost.Current.SetMailboxPolicy(Name, Policy, Merge, console));
        if (policy is not null && PassThru) WriteObject(policy);
    }

    private bool CheckReleased()
    {
        var unknown = ReleaseSetting.FirstOrDefault(static name => MailboxPolicySetting.Find(name) is null);
        return unknown is null
            ? true
            : throw Errors.InvalidParameter(nameof(ReleaseSetting), unknown, Strings.NotPolicySetting, string.Join(", ", MailboxPolicySetting.All.Select(static setting => setting.Name)));
    }

    private WantedMailboxPolicy Merge(WantedMailboxPolicy now)
    {
        var kept = MailboxPolicySettings.Nothing;
        foreach (var setting in MailboxPolicySetting.All)
        {
            if (!ReleaseSetting.Contains(setting.Name, StringComparer.OrdinalIgnoreCase)) kept = setting.Copy(now.Settings, kept);
        }

        return now with
        {
            Settings = kept.With(Settings),
            AssignTo = IsGiven(nameof(AssignTo)) ? AssignTo : now.AssignTo,
            Mailboxes = IsGiven(nameof(Mailbox)) ? Mailbox : now.Mailboxes,
        };
    }
}
