using System;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Hosting;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Shows past runs, newest first, and on request every change with its values from before and after.</summary>
[Cmdlet(VerbsCommon.Get, "ConnectorSyncHistory", DefaultParameterSetName = "Last")]
[OutputType(typeof(RunRecord))]
public sealed class GetConnectorSyncHistoryCommand : ConnectorCmdlet
{
    /// <summary><b>-Last:</b> how many runs at most; all where none is given.</summary>
    [Parameter(ParameterSetName = "Last")]
    [ValidateRange(1, int.MaxValue)]
    public int Last { get; set; }

    /// <summary><b>-RunId:</b> one run only.</summary>
    [Parameter(Mandatory = true, ParameterSetName = "Run", ValueFromPipelineByPropertyName = true)]
    public Guid RunId { get; set; }

    /// <summary><b>-IncludeChange:</b> with the changes of each run.</summary>
    [Parameter]
    public SwitchParameter IncludeChange { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        int? last = IsGiven(nameof(Last)) ? Last : null;
        Guid? runId = IsGiven(nameof(RunId)) ? RunId : null;
        if (TryAskEngine(ErrorIds.RunNotFound, () => EngineHost.Current.GetHistory(Name, last, runId, IncludeChange), out var runs))
        {
            WriteObject(runs, enumerateCollection: true);
        }
    }
}
