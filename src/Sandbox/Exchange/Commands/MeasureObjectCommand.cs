using System.Management.Automation;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>Counts objects; clients that import a session ask for the count to show progress.</summary>
[Cmdlet(VerbsDiagnostic.Measure, "Object")]
public sealed class MeasureObjectCommand : PSCmdlet
{
    private int _count;

    [Parameter(ValueFromPipeline = true)]
    public PSObject? InputObject { get; set; }

    protected override void ProcessRecord()
    {
        if (InputObject is not null)
            _count++;
    }

    protected override void EndProcessing()
    {
        PSObject measure = new();
        measure.Properties.Add(new PSNoteProperty("Count", _count));
        measure.TypeNames.Insert(0, "Microsoft.PowerShell.Commands.GenericMeasureInfo");
        WriteObject(measure);
    }
}
