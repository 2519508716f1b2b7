using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Servers;
using IntuneExchangeConnector.Engine.Exchange.Sessions;

namespace IntuneExchangeConnector.Engine.Exchange;

/// <summary>Makes the directory for the way in that is configured, or for the sessions that a caller passed: these always win.</summary>
internal static class ExchangeDirectoryFactory
{
    /// <summary>Makes a directory; nothing is opened before it is told to connect.</summary>
    /// <param name="way">Where it leads and who goes it.</param>
    /// <param name="time">The clock.</param>
    /// <returns>The directory.</returns>
    /// <exception cref="ConnectorException">The settings lead nowhere, or a session of the caller cannot be used.</exception>
    public static IExchangeDirectory Create(ExchangeWay way, TimeProvider time)
    {
        if (way.Shell?.Sessions.Count > 0) return new ExchangeDirectory(Borrow(way.Shell.Sessions, time), time, way.Console);
        return way.Settings.Exchange.Entrance switch
        {
            ExchangeEntrance.CallerSession => throw ExchangeErrors.SessionInvalid("-Session", "The connector works in a session of yours, and none was passed."),
            ExchangeEntrance.CallerRunspace when way.Shell is null => throw ExchangeErrors.SessionInvalid("-Session", "The connector works with the cmdlets of your shell, and there is no shell here."),
            ExchangeEntrance.CallerRunspace => new ExchangeDirectory([new CallerRunspaceSession(way.Shell!)], time, way.Console),
            _ => Own(way, time),
        };
    }

    private static ExchangeDirectory Own(ExchangeWay way, TimeProvider time)
    {
        var settings = way.Settings;
        // What cannot be an address is said before anything is opened.
        ExchangeSessionFactory.ConnectionTo(settings.Exchange, way.Secrets.ExchangeCredential, way.Secrets.ProxyCredential);
        var state = way.State;
        var roster = new ServerRoster(
            ServerChoice.Of(settings),
            ServerChoice.CanMove(settings.Exchange) ? state?.ReadServers() ?? [] : [],
            servers =>
            {
                if (way.Remembers) state?.SaveServers(servers);
            },
            time);
        return new ExchangeDirectory(
            server => ExchangeSessionFactory.Create(settings.Exchange, server, way.Secrets.ExchangeCredential, way.Secrets.ProxyCredential, time),
            roster,
            settings.ParallelCommandsEnabled ? settings.MaximumSessions : 1,
            time,
            way.Console);
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
