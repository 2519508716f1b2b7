using System.Management.Automation;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Shows connectors at one glance: every one, or the one that is named.</summary>
[Cmdlet(VerbsCommon.Get, "IntuneExchangeConnector")]
[OutputType(typeof(ConnectorStatus))]
public sealed class GetIntuneExchangeConnectorCommand : ConnectorCmdlet
{
    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        var names = Name is not null ? [Name] : AskEngine(() => EngineHost.Current.ListConnectors());
        if (names.Count == 0) WriteWarning(Strings.NoConnectorInstalled);
        foreach (var name in names)
        {
            if (TryAskEngine(ErrorIds.ConnectorNotFound, () => EngineHost.Current.GetStatus(name), out var status)) WriteObject(status);
        }
    }
}
