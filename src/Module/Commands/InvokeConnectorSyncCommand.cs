using System.Globalization;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Runs a sync: read both sides, decide, plan, write what differs, record.</summary>
[Cmdlet(VerbsLifecycle.Invoke, "ConnectorSync", DefaultParameterSetName = EitherSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Low)]
[OutputType(typeof(SyncResult))]
public sealed class InvokeConnectorSyncCommand : TenantCmdlet
{
    private const string EitherSet = "Either";
    private const string FullSet = "Full";
    private const string QuickSet = "Quick";

    /// <summary><b>-Full:</b> everything, the organisation's settings included.</summary>
    [Parameter(Mandatory = true, ParameterSetName = FullSet)]
    public SwitchParameter Full { get; set; }

    /// <summary><b>-Quick:</b> devices only.</summary>
    [Parameter(Mandatory = true, ParameterSetName = QuickSet)]
    public SwitchParameter Quick { get; set; }

    /// <summary><b>-Force:</b> passes the run's fuse and the hold on a shrunken read; the daily limit stays.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <summary><b>-Wait:</b> waits for another run of the same connector instead of being refused.</summary>
    [Parameter]
    public SwitchParameter Wait { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var culture = CultureInfo.CurrentCulture;
        var name = PlainText.OneLine(NameForPeople);
        var approved = ShouldProcess(
            string.Format(culture, Strings.SyncDescription, name),
            string.Format(culture, Strings.SyncQuestion, name),
            Strings.SyncCaption,
            out var reason);

        // A dry run is a real run over a plan that nobody applies; only a person's no ends the command here.
        if (!approved && reason != ShouldProcessReason.WhatIf) return;

        var request = new SyncRequest
        {
            Name = Name,
            Kind = Full ? SyncKind.Full : Quick ? SyncKind.Quick : null,
            PlanOnly = !approved,
            Force = Force,
            Wait = Wait,
            Secrets = Secrets,
        };
        var result = RunEngine(LentSessions, (shell, console, token) => EngineHost.Current.SyncAsync(request, shell, console, token));
        WriteObject(result);
        if (result.Status == SyncStatus.Failed) WriteError(Errors.RunFailed(result));
    }
}
