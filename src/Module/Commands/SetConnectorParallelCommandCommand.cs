using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Decides whether commands run over several Exchange sessions at once, and over how many. What is not named stays as it is.</summary>
[Cmdlet(VerbsCommon.Set, "ConnectorParallelCommand", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ConnectorStatus))]
public sealed class SetConnectorParallelCommandCommand : ConnectorCmdlet
{
    private static readonly string[] s_settings = [nameof(Enabled), nameof(MaximumSession)];

    /// <summary><b>-Enabled:</b> on, a run opens further sessions as long as Exchange bears them; off, it works over one.</summary>
    [Parameter]
    public bool Enabled { get; set; }

    /// <summary><b>-MaximumSession:</b> how many sessions at most, from 1 to 64.</summary>
    [Parameter]
    [ValidateRange(1, 64)]
    public int MaximumSession { get; set; }

    /// <summary><b>-PassThru:</b> emits the connector after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var given = s_settings.Where(IsGiven).ToArray();
        if (given.Length == 0)
        {
            WriteWarning(Strings.NothingToSet);
            return;
        }

        if (!Approve(NameForPeople, string.Format(CultureInfo.CurrentCulture, Strings.SetAction, string.Join(", ", given)), force: false)) return;

        bool? enabled = IsGiven(nameof(Enabled)) ? Enabled : null;
        int? maximum = IsGiven(nameof(MaximumSession)) ? MaximumSession : null;
        var status = RunEngine([], (_, console, _) => Task.FromResult(EngineHost.Current.SetParallelCommands(Name, enabled, maximum, console)));
        if (PassThru) WriteObject(status);
    }
}
