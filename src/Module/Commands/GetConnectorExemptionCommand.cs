using System;
using System.Globalization;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Shows every entry of every mailbox's two lists: whose it is, since when, and whether its device still exists.</summary>
[Cmdlet(VerbsCommon.Get, "ConnectorExemption")]
[OutputType(typeof(ConnectorExemption))]
public sealed class GetConnectorExemptionCommand : TenantCmdlet
{
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
    [ArgumentCompleter(typeof(ExemptionMailboxCompleter))]
    public string? Mailbox { get; set; }

    /// <summary><b>-DeviceId:</b> the EAS device id, without case.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ExemptionIdCompleter))]
    public string? DeviceId { get; set; }

    /// <summary><b>-List:</b> only entries of this list.</summary>
    [Parameter]
    public EntryList List { get; set; }

    /// <summary><b>-Owner:</b> only entries of this owner.</summary>
    [Parameter]
    public EntryOwner Owner { get; set; }

    /// <summary><b>-DeviceExists:</b> only entries whose mailbox has a partnership with the id, or only those without.</summary>
    [Parameter]
    public bool DeviceExists { get; set; }

    /// <summary><b>-Refresh:</b> reads both sides anew first; nothing is written to Exchange.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Refresh) RunEngine(LentSessions, (shell, console, token) => EngineHost.Current.RefreshAsync(Name, Secrets, shell, console, token));
    }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var query = new ExemptionQuery
        {
            Mailbox = Mailbox,
            DeviceId = DeviceId,
            List = IsGiven(nameof(List)) ? List : null,
            Owner = IsGiven(nameof(Owner)) ? Owner : null,
            DeviceExists = IsGiven(nameof(DeviceExists)) ? DeviceExists : null,
        };
        using var entries = AskEngine(() => EngineHost.Current.GetExemptions(Name, query).GetEnumerator());
        Func<bool> next = entries.MoveNext;
        while (!Stopping && TryNext(next))
        {
            TellAge(entries.Current);
            WriteObject(entries.Current);
        }
    }

    private void TellAge(ConnectorExemption entry)
    {
        if (_ageIsTold) return;
        _ageIsTold = true;
        WriteVerbose(string.Format(CultureInfo.CurrentCulture, Strings.AnswerAge, entry.AsOf, Ages.Describe(ModuleClock.System.UtcNow - entry.AsOf)));
    }
}
