using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Takes entries out of mailboxes' lists. An administrator's own goes only where it is named, or with -Force.</summary>
[Cmdlet(VerbsCommon.Remove, "ConnectorExemption", DefaultParameterSetName = NamedSet, SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(void))]
public sealed class RemoveConnectorExemptionCommand : ExchangeCmdlet
{
    private const string NamedSet = "Named";
    private const string PipedSet = "Piped";

    private readonly List<ConnectorExemption> _wanted = [];

    /// <summary><b>-Name:</b> the connector.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public override string? Name { get; set; }

    /// <summary><b>-Mailbox:</b> any address of the mailbox, or its Guid.</summary>
    [Parameter(Mandatory = true, Position = 0, ParameterSetName = NamedSet)]
    [Alias("PrimarySmtpAddress")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExemptionMailboxCompleter))]
    public string Mailbox { get; set; } = string.Empty;

    /// <summary><b>-DeviceId:</b> the EAS device id, without case.</summary>
    [Parameter(Mandatory = true, Position = 1, ParameterSetName = NamedSet)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExemptionIdCompleter))]
    public string DeviceId { get; set; } = string.Empty;

    /// <summary><b>-List:</b> the list; without it, both.</summary>
    [Parameter(ParameterSetName = NamedSet)]
    public EntryList List { get; set; }

    /// <summary><b>-InputObject:</b> entries as Get-ConnectorExemption emits them.</summary>
    [Parameter(Mandatory = true, ParameterSetName = PipedSet, ValueFromPipeline = true)]
    [ValidateNotNull]
    public ConnectorExemption[] InputObject { get; set; } = [];

    /// <summary><b>-Force:</b> also administrators' own entries that come through the pipeline. It still asks.</summary>
    [Parameter(ParameterSetName = PipedSet)]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (ParameterSetName == PipedSet)
        {
            _wanted.AddRange(InputObject);
            return;
        }

        EntryList? list = IsGiven(nameof(List)) ? List : null;
        if (TryAskEngine(IsUnknownName, () => EngineHost.Current.FindExemptions(Name, Mailbox, DeviceId, list), out var found)) _wanted.AddRange(found);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_wanted.Count == 0) return;
        var approved = new List<ConnectorExemption>();
        foreach (var removal in AskEngine(() => EngineHost.Current.PreviewRemoval(Name, _wanted)))
        {
            if (Stopping) return;
            if (IsApproved(removal)) approved.Add(removal.Exemption);
        }

        if (approved.Count == 0) return;
        var report = RunEngine(LentSessions, (shell, console, token) => EngineHost.Current.RemoveExemptionsAsync(Name, approved, Secrets, shell, console, token));
        foreach (var failure in report.Failures) WriteError(Errors.From(failure));
        if (report.RunId is { } run) WriteVerbose(string.Format(CultureInfo.CurrentCulture, Strings.RecordedAs, run));
    }

    private bool IsApproved(ExemptionRemoval removal)
    {
        var entry = removal.Exemption;
        if (removal.IsGone)
        {
            WriteWarning(PlainText.OneLine(string.Format(CultureInfo.CurrentCulture, Strings.EntryGone, entry.DeviceId, WordOf(entry.List), entry.Mailbox)));
            return false;
        }

        if (entry.Owner == EntryOwner.Administrator && ParameterSetName == PipedSet && !Force)
        {
            WriteError(Errors.NotOurs(entry));
            return false;
        }

        if (removal.WrittenAgain is { } again) WriteWarning(PlainText.OneLine($"{entry.Mailbox} {entry.DeviceId}: {again}"));
        var owner = entry.Owner == EntryOwner.Connector ? Strings.OwnerConnector : Strings.OwnerAdministrator;
        return ShouldProcess(PlainText.OneLine(entry.Mailbox), PlainText.OneLine(string.Format(CultureInfo.CurrentCulture, Strings.RemoveEntryAction, entry.DeviceId, WordOf(entry.List), owner)));
    }

    private static string WordOf(EntryList list) => list == EntryList.Allowed ? Strings.ListAllowed : Strings.ListBlocked;
}
