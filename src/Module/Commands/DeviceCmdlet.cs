using System;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>A cmdlet that orders something for single devices: named, or piped as Get-ConnectorDevice emits them.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class DeviceCmdlet : ExchangeCmdlet
{
    /// <summary><b>-Name:</b> the connector. Not from the pipeline: mailboxes, which are piped here, have a name of their own.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public override string? Name { get; set; }

    /// <summary><b>-Mailbox:</b> any address of the mailbox, or its Guid.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [Alias("PrimarySmtpAddress")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MailboxCompleter))]
    public string Mailbox { get; set; } = string.Empty;

    /// <summary><b>-DeviceId:</b> the EAS device id, without case.</summary>
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(DeviceIdCompleter))]
    public string DeviceId { get; set; } = string.Empty;

    /// <summary><b>-DeviceType:</b> the type, where the id has several partnerships on the mailbox.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AllowEmptyString]
    public string? DeviceType { get; set; }

    /// <summary><b>-PartnershipId:</b> the key of the partnership; it comes with a piped device.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public Guid PartnershipId { get; set; }

    /// <summary>Finds the device that is meant; where there is none or more than one, that is an error of this device alone.</summary>
    private protected bool TryFind([NotNullWhen(true)] out ConnectorDevice? device)
    {
        Guid? partnership = IsGiven(nameof(PartnershipId)) ? PartnershipId : null;
        return TryAskEngine(IsUnknownName, () => EngineHost.Current.FindDevice(Name, Mailbox, DeviceId, DeviceType, partnership), out device);
    }

    /// <summary>Asks before an order.</summary>
    private protected bool IsApproved(ConnectorDevice device, string action) => ShouldProcess(
        PlainText.OneLine(string.Format(CultureInfo.CurrentCulture, Strings.DeviceTarget, device.Mailbox, device.DeviceType, device.DeviceId)), PlainText.OneLine(action));

    /// <summary>Tells what could not be done, and where the rest is recorded.</summary>
    private protected void Tell<T>(CommandReport<T> report)
    {
        foreach (var failure in report.Failures) WriteError(Errors.From(failure));
        if (report.RunId is { } run) WriteVerbose(string.Format(CultureInfo.CurrentCulture, Strings.RecordedAs, run));
    }
}
