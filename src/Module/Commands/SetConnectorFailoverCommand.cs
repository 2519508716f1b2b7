using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Decides whether another server takes over, which one is tried first, and which never. What is not named stays as it is.</summary>
[Cmdlet(VerbsCommon.Set, "ConnectorFailover", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(ConnectorServer))]
public sealed class SetConnectorFailoverCommand : ConnectorCmdlet
{
    private static readonly string[] s_settings = [nameof(Enabled), nameof(PreferredServer), nameof(ExcludeServer)];

    /// <summary><b>-Enabled:</b> on, another server takes over when the one in use fails; off, a run fails and names the servers that would have been tried.</summary>
    [Parameter]
    public bool Enabled { get; set; }

    /// <summary><b>-PreferredServer:</b> the server that is tried first and returned to; empty for the one that the connector was installed with.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    [ArgumentCompleter(typeof(ServerCompleter))]
    public string? PreferredServer { get; set; }

    /// <summary><b>-ExcludeServer:</b> servers that are never tried; empty for none. The list takes the place of the one before.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(ServerCompleter))]
    public string[]? ExcludeServer { get; set; }

    /// <summary><b>-PassThru:</b> emits the servers after the change.</summary>
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

        AskEngine(Check);
        if (!Approve(NameForPeople, string.Format(CultureInfo.CurrentCulture, Strings.SetAction, string.Join(", ", given)), force: false)) return;

        var change = new FailoverChange
        {
            Enabled = IsGiven(nameof(Enabled)) ? Enabled : null,
            PreferredServer = IsGiven(nameof(PreferredServer)) ? PreferredServer ?? string.Empty : null,
            ExcludedServers = IsGiven(nameof(ExcludeServer)) ? ExcludeServer ?? [] : null,
        };
        var servers = RunEngine([], (_, console, _) => Task.FromResult(EngineHost.Current.SetFailover(Name, change, console)));
        if (PassThru) WriteObject(servers, enumerateCollection: true);
    }

    private bool Check()
    {
        if (!string.IsNullOrEmpty(PreferredServer)) Checked.HostName(nameof(PreferredServer), PreferredServer!);
        foreach (var server in ExcludeServer ?? []) Checked.HostName(nameof(ExcludeServer), server);
        return true;
    }
}
