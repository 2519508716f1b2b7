using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Net;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Sessions;

namespace IntuneExchangeConnector.Engine.Exchange;

/// <summary>Makes the directory for the way in that is configured, or for the sessions that a caller passed: these always win.</summary>
internal static class ExchangeDirectoryFactory
{
    /// <summary>Makes a directory; nothing is opened before it is told to connect.</summary>
    /// <param name="settings">Where Exchange is and how it is reached.</param>
    /// <param name="credential">The account that opens sessions; null for the identity of the process.</param>
    /// <param name="shell">What the caller's shell lends; null where there is none.</param>
    /// <param name="time">The clock.</param>
    /// <param name="ownSessions">How many sessions the connector opens, at least 1.</param>
    /// <param name="proxyCredential">The account at the proxy; null for none.</param>
    /// <returns>The directory.</returns>
    /// <exception cref="ConnectorException">The settings lead nowhere, or a session of the caller cannot be used.</exception>
    public static IExchangeDirectory Create(
        ExchangeSettings settings, NetworkCredential? credential, CallerShell? shell, TimeProvider time, int ownSessions = 1, NetworkCredential? proxyCredential = null)
    {
        if (shell?.Sessions.Count > 0) return new ExchangeDirectory(Borrow(shell.Sessions, time), time);
        return settings.Entrance switch
        {
            ExchangeEntrance.CallerSession => throw ExchangeErrors.SessionInvalid("-Session", "The connector works in a session of yours, and none was passed."),
            ExchangeEntrance.CallerRunspace when shell is null => throw ExchangeErrors.SessionInvalid("-Session", "The connector works with the cmdlets of your shell, and there is no shell here."),
            ExchangeEntrance.CallerRunspace => new ExchangeDirectory([new CallerRunspaceSession(shell!)], time),
            _ => new ExchangeDirectory(Own(settings, credential, proxyCredential, time, ownSessions), time),
        };
    }

    private static List<IExchangeSession> Own(ExchangeSettings settings, NetworkCredential? credential, NetworkCredential? proxyCredential, TimeProvider time, int count)
    {
        List<IExchangeSession> sessions = new(count);
        do
        {
            sessions.Add(ExchangeSessionFactory.Create(settings, credential, proxyCredential, time));
        }
        while (sessions.Count < count);
        return sessions;
    }

    private static List<IExchangeSession> Borrow(IReadOnlyList<object> lent, TimeProvider time)
    {
        List<IExchangeSession> sessions = new(lent.Count);
        HashSet<Guid> seen = [];
        foreach (var item in lent)
        {
            var session = SessionOf(item);
            if (seen.Add(session.InstanceId)) sessions.Add(RemoteSession.Borrow(session.Runspace, session.ComputerName, time));
        }

        return sessions;
    }

    private static PSSession SessionOf(object item)
    {
        if ((item is PSObject wrapped ? wrapped.BaseObject : item) is not PSSession session)
        {
            throw ExchangeErrors.SessionInvalid("-Session", $"A value of type {item?.GetType().Name ?? "null"} was passed where a PSSession is expected.");
        }

        if (session.Runspace.RunspaceStateInfo.State != RunspaceState.Opened)
        {
            throw ExchangeErrors.SessionInvalid(session.Name, $"The session {session.Name} is not open: it is {session.Runspace.RunspaceStateInfo.State}.");
        }

        return session.Runspace.RunspaceAvailability == RunspaceAvailability.Busy
            ? throw ExchangeErrors.SessionInvalid(session.Name, $"The session {session.Name} runs another command.", ErrorKind.Busy)
            : session;
    }
}
