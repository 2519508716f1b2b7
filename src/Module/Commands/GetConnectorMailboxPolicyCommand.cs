using System;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Shows the organisation's EAS mailbox policies beside the ones that the connector looks after.</summary>
[Cmdlet(VerbsCommon.Get, "ConnectorMailboxPolicy")]
[OutputType(typeof(ConnectorMailboxPolicy))]
public sealed class GetConnectorMailboxPolicyCommand : ConfigurationReadCmdlet
{
    /// <summary><b>-Policy:</b> only the policy of this name, without case.</summary>
    [Parameter(Position = 0)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MailboxPolicyCompleter))]
    public string? Policy { get; set; }

    /// <summary><b>-State:</b> only policies that stand so.</summary>
    [Parameter]
    public ConfigurationState State { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (!TryAskEngine(ErrorIds.ConnectorNotFound, () => EngineHost.Current.GetMailboxPolicies(Name), out var policies)) return;
        if (policies.Count == 0) TellAge(null);
        foreach (var policy in policies)
        {
            TellAge(policy.AsOf);
            if (Policy is not null && !string.Equals(policy.Policy, Policy, StringComparison.OrdinalIgnoreCase)) continue;
            if (IsGiven(nameof(State)) && policy.State != State) continue;
            WriteObject(policy);
        }
    }
}
