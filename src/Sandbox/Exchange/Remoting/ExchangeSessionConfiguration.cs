using System;
using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;

namespace IntuneExchangeConnector.Sandbox.Exchange.Remoting;

/// <summary>Gives a remoting session Exchange's face: no language, Exchange's cmdlets, and the few that remoting itself needs.</summary>
public sealed class ExchangeSessionConfiguration : PSSessionConfiguration
{
    private static ExchangeSession? s_session;

    /// <summary>The engine makes the configuration itself, so what it serves is handed over here: one session per process.</summary>
    internal static void Serve(ExchangeSession session) => s_session = session;

    public override InitialSessionState GetInitialSessionState(PSSenderInfo senderInfo)
    {
        Session.Rest();
        return ExchangeSessionState.Create(Session);
    }

    /// <summary>What a client learns of the session before its first command: the server that it runs on.</summary>
    public override PSPrimitiveDictionary GetApplicationPrivateData(PSSenderInfo senderInfo) => new()
    {
        ["ServerName"] = Session.Directory.ServerName,
    };

    private static ExchangeSession Session => s_session ?? throw new InvalidOperationException("No session to serve.");
}
