using System.Management.Automation;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Removes a connector, and on request gives back every entry that it wrote first.</summary>
[Cmdlet(VerbsLifecycle.Uninstall, "IntuneExchangeConnector", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class UninstallIntuneExchangeConnectorCommand : ExchangeCmdlet
{
    /// <summary><b>-WithdrawEntries:</b> takes every entry of the connector out of the mailboxes first.</summary>
    [Parameter]
    public SwitchParameter WithdrawEntries { get; set; }

    /// <summary><b>-Force:</b> does not ask for confirmation.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var action = WithdrawEntries ? Strings.UninstallWithdrawAction : Strings.UninstallAction;
        if (!Approve(NameForPeople, action, Force)) return;

        RunEngine(LentSessions, (shell, console, token) => EngineHost.Current.UninstallAsync(Name, WithdrawEntries, Secrets, shell, console, token));
    }
}
