using System.Collections.Generic;
using System.ComponentModel;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Module.Binding;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>A cmdlet that talks to Exchange: the caller may lend it sessions or an account.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ExchangeCmdlet : ConnectorCmdlet
{
    /// <summary><b>-Session:</b> open Exchange sessions to work in; they stay the caller's and stay open.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public PSSession[]? Session { get; set; }

    /// <summary><b>-Credential:</b> the account that opens Exchange sessions; without it, the identity that runs the command.</summary>
    [Parameter]
    [ValidateNotNull]
    public PSCredential? Credential { get; set; }

    /// <summary><b>-ProxyCredential:</b> the account of the proxy towards a hosted organisation.</summary>
    [Parameter]
    [ValidateNotNull]
    public PSCredential? ProxyCredential { get; set; }

    /// <summary>The sessions that the caller lends.</summary>
    private protected IReadOnlyList<object> LentSessions => Session ?? [];

    /// <summary>The secrets that came with the command.</summary>
    private protected virtual CommandSecrets Secrets => new()
    {
        ExchangeCredential = Credential.ToNetwork(),
        ProxyCredential = ProxyCredential.ToNetwork(),
    };
}
