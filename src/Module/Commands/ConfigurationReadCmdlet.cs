using System;
using System.ComponentModel;
using System.Globalization;
using System.Management.Automation;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>A cmdlet that shows the organisation's configuration as the last complete read saw it.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ConfigurationReadCmdlet : TenantCmdlet
{
    private bool _ageIsTold;

    /// <summary><b>-Refresh:</b> reads both sides anew first; nothing is written to Exchange.</summary>
    [Parameter]
    public SwitchParameter Refresh { get; set; }

    /// <inheritdoc/>
    protected override void BeginProcessing()
    {
        if (Refresh) RunEngine(LentSessions, (shell, console, token) => EngineHost.Current.RefreshAsync(Name, Secrets, shell, console, token));
    }

    /// <summary>Says how old the answer is, once.</summary>
    /// <param name="asOf">When it was read; null when it never was.</param>
    private protected void TellAge(DateTimeOffset? asOf)
    {
        if (_ageIsTold) return;
        _ageIsTold = true;
        WriteVerbose(asOf is { } at
            ? string.Format(CultureInfo.CurrentCulture, Strings.AnswerAge, at, Ages.Describe(ModuleClock.System.UtcNow - at))
            : Strings.ConfigurationNotRead);
    }
}
