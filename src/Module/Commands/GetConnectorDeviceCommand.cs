using System;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Shows partnerships joined with their managed device and the decision, as the last complete read saw them.</summary>
[Cmdlet(VerbsCommon.Get, "ConnectorDevice")]
[OutputType(typeof(ConnectorDevice))]
public sealed class GetConnectorDeviceCommand : TenantCmdlet
{
    private readonly List<ConnectorDevice> _asked = [];
    private bool _ageIsTold;

    /// <summary><b>-Name:</b> the connector. Not from the pipeline: mailboxes, which are piped here, have a name of their own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public override string? Name { get; set; }

    /// <summary><b>-Mailbox:</b> any address of the mailbox, or its Guid.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("PrimarySmtpAddress")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MailboxCompleter))]
    public string? Mailbox { get; set; }

    /// <summary><b>-DeviceId:</b> the EAS device id, without case.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeviceIdCompleter))]
    public string? DeviceId { get; set; }

    /// <summary><b>-Decision:</b> only devices with this decision.</summary>
    [Parameter]
    public AccessDecision Decision { get; set; }

    /// <summary><b>-Reason:</b> only devices with one of these reasons.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public AccessReason[] Reason { get; set; } = [];

    /// <summary><b>-Conflict:</b> only devices with one of these conflicts.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public AccessConflict[] Conflict { get; set; } = [];

    /// <summary><b>-Changed:</b> only devices whose id seems to have changed, both sides of each change.</summary>
    [Parameter]
    public SwitchParameter Changed { get; set; }

    /// <summary><b>-Refresh:</b> reads both sides anew first; nothing is written to Exchange.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <summary><b>-IncludeStatistics:</b> asks each device's mailbox for sync times and wipes: one command for each mailbox.</summary>
    [Parameter]
    public SwitchParameter IncludeStatistics { get; set; }

    /// <summary><b>-Force:</b> reads the statistics of more than a hundred mailboxes.</summary>
    [Parameter]
    public SwitchParameter Force { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        AskEngine(CheckForce);
        if (Refresh) RunEngine(LentSessions, (shell, console, token) => EngineHost.Current.RefreshAsync(Name, Secrets, shell, console, token));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var query = new DeviceQuery
        {
            Mailbox = Mailbox,
            DeviceId = DeviceId,
            Decision = IsGiven(nameof(Decision)) ? Decision : null,
            Reasons = IsGiven(nameof(Reason)) ? Reason : null,
            Conflicts = IsGiven(nameof(Conflict)) ? Conflict : null,
            IdChanges = !Changed ? IdChangeFilter.Marked : IncludeStatistics ? IdChangeFilter.Possible : IdChangeFilter.Changed,
        };
        using var devices = AskEngine(() => EngineHost.Current.GetDevices(Name, query).GetEnumerator());
        Func<bool> next = devices.MoveNext;
        var any = false;

        // The engine is asked row by row: a failure of its own must not be mistaken for one of the commands downstream.
        while (!Stopping && TryNext(next))
        {
            any = true;
            TellAge(devices.Current);
            if (IncludeStatistics) _asked.Add(devices.Current);
            else WriteObject(devices.Current);
        }

        if (!any) WriteVerbose(Strings.NoDeviceMatches);
    }

    /// <inheritdoc/>
    protected override void EndProcessing()
    {
        if (_asked.Count == 0) return;
        var read = RunEngine(LentSessions, (shell, console, token) => EngineHost.Current.ProveChangesAsync(Name, _asked, Changed, Force, Secrets, shell, console, token));
        WriteObject(read, enumerateCollection: true);
        if (read.Count == 0) WriteVerbose(Strings.NoDeviceMatches);
    }

    private bool CheckForce() => Force && !IncludeStatistics
        ? throw Errors.InvalidParameter(nameof(Force), null, Strings.ForceWithoutStatistics, Strings.PassIncludeStatistics)
        : true;

    private void TellAge(ConnectorDevice device)
    {
        if (_ageIsTold) return;
        _ageIsTold = true;
        WriteVerbose(string.Format(CultureInfo.CurrentCulture, Strings.AnswerAge, device.AsOf, Ages.Describe(ModuleClock.System.UtcNow - device.AsOf)));
    }
}
