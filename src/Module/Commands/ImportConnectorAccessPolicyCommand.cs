using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Policy.Import;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Takes over the policy of Intune's own Exchange connector while the tenant still holds it: shows what would change, asks, and changes it.</summary>
[Cmdlet(VerbsData.Import, "ConnectorAccessPolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(PolicyImportItem), typeof(AccessPolicy))]
public sealed class ImportConnectorAccessPolicyCommand : PolicyCmdlet
{
    /// <summary><b>-IncludeEnabled:</b> takes the switch over too; without it, it stays as the connector has it.</summary>
    [Parameter]
    public SwitchParameter IncludeEnabled { get; set; }

    /// <summary><b>-SkipMissingGroup:</b> leaves out groups that no longer exist; without it, they end the import.</summary>
    [Parameter]
    public SwitchParameter SkipMissingGroup { get; set; }

    /// <summary><b>-Exclude:</b> parts that are left out.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    public PolicyImportPart[] Exclude { get; set; } = [];

    /// <summary><b>-Force:</b> imports without asking.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var request = new PolicyImportRequest { IncludeEnabled = IncludeEnabled, SkipMissingGroup = SkipMissingGroup, Exclude = Exclude };
        var import = RunEngine([], (_, console, token) => EngineHost.Current.PreviewImportAsync(Name, request, Secrets, console, token));

        // The preview comes before the question: who answers should have read it.
        foreach (var item in import.Items) WriteObject(item);
        AskEngine(() => EngineHost.Current.CheckImport(import));
        var settings = import.Items.Where(static item => item.State == PolicyImportState.Change).Select(static item => item.Setting).ToList();
        var action = string.Format(CultureInfo.CurrentCulture, import.Policy.Enabled ? Strings.ImportActionWhileOn : Strings.ImportAction, string.Join(", ", settings));
        if (settings.Count == 0)
        {
            WriteVerbose(Strings.NothingToImport);
            if (PassThru) WriteObject(import.PolicyBefore);
        }
        else if (Approve(NameForPeople, action, Force))
        {
            var policy = RunEngine([], (_, console, _) => Task.FromResult(EngineHost.Current.ImportPolicy(Name, import, console)));
            if (PassThru) WriteObject(policy);
        }
    }
}
