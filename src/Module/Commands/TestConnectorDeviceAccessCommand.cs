using System.Management.Automation;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Explains why one device gets mail or not: the connector's rules, Exchange's own, and what to do next.</summary>
[Cmdlet(VerbsDiagnostic.Test, "ConnectorDeviceAccess")]
[OutputType(typeof(DeviceAccessExplanation))]
public sealed class TestConnectorDeviceAccessCommand : ConnectorCmdlet
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

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        if (TryAskEngine(ErrorIds.DeviceNotFound, () => EngineHost.Current.Explain(Name, Mailbox, DeviceId), out var explanations))
        {
            WriteObject(explanations, enumerateCollection: true);
        }
    }
}
