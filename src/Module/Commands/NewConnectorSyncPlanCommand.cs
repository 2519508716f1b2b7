using System;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Tells whom a change of the organisation's default access level would hit. Nothing is written, so nothing is asked before.</summary>
[Cmdlet(VerbsCommon.New, "ConnectorSyncPlan", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.None, DefaultParameterSetName = DefaultLevelSet)]
[OutputType(typeof(DefaultLevelPreview), ParameterSetName = [DefaultLevelSet])]
public sealed class NewConnectorSyncPlanCommand : TenantCmdlet
{
    private const string DefaultLevelSet = "DefaultLevel";

    /// <summary><b>-DefaultAccessLevel:</b> the level that is thought of.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = DefaultLevelSet)]
    public ExchangeAccessLevel DefaultAccessLevel { get; set; }

    /// <summary><b>-ActiveWithin:</b> asks the mailboxes that are hit which of their devices synced within this time; a number is days.</summary>
    [Parameter(ParameterSetName = DefaultLevelSet)]
    [Days]
    public TimeSpan ActiveWithin { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        AskEngine(CheckTime);
        var request = new DefaultLevelRequest
        {
            Name = Name,
            Level = DefaultAccessLevel,
            ActiveWithin = IsGiven(nameof(ActiveWithin)) ? ActiveWithin : null,
            Secrets = Secrets,
        };
        var preview = RunEngine(LentSessions, (shell, console, token) => EngineHost.Current.PreviewDefaultLevelAsync(request, shell, console, token));
        WriteObject(preview);
        if (!preview.PolicyEnabled) WriteWarning(preview.NextSteps[0]);
    }

    private bool CheckTime() => IsGiven(nameof(ActiveWithin)) && (ActiveWithin <= TimeSpan.Zero || ActiveWithin.TotalDays > 36_500)
        ? throw Errors.InvalidParameter(nameof(ActiveWithin), ActiveWithin, Strings.NotActiveWithin, Strings.PassActiveWithin)
        : true;
}
