using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Engine.Exchange.Commands;

namespace IntuneExchangeConnector.Engine.Exchange.Faults;

/// <summary>Every failure of the Exchange side as people are told about it.</summary>
internal static class ExchangeErrors
{
    /// <summary>A failure inside the Exchange side.</summary>
    /// <param name="exception">The failure.</param>
    /// <param name="target">What was to be changed; null for a read.</param>
    /// <returns>The failure as people are told.</returns>
    public static ConnectorException Of(ExchangeFaultException exception, string? target) =>
        exception.Tried.Count > 1 ? Nobody(exception)
        : exception.NotTried.Count > 0 ? FailoverOff(exception)
        : exception.Cmdlet is null ? OfOpening(exception.Fault, exception.Server)
        : OfCommand(exception.Fault, exception.Cmdlet, target ?? exception.Server, exception.Server);

    /// <summary>An account that sees only itself.</summary>
    /// <param name="server">The server.</param>
    /// <param name="seen">How many mailboxes it saw.</param>
    /// <returns>The failure.</returns>
    public static ConnectorException ScopeTooNarrow(string server, int seen) => new(
        ErrorIds.ExchangeScopeTooNarrow, ErrorKind.PermissionDenied, server,
        $"The session with {server} sees {(seen == 0 ? "no mailbox" : "one mailbox only")}: taken for the whole organisation, everybody else would count as gone.",
        "Give the connector's account a role group whose scope is the whole organisation; Test-ConnectorPrerequisite -AsRole prints one.");

    /// <summary>A command that failed.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="cmdlet">The cmdlet's name.</param>
    /// <param name="target">What it concerned: a mailbox, a setting, a server.</param>
    /// <param name="server">The server that ran it.</param>
    /// <returns>The failure.</returns>
    public static ConnectorException OfCommand(ExchangeFault fault, string cmdlet, string target, string server) => fault.Kind switch
    {
        ExchangeFaultKind.Authentication or ExchangeFaultKind.Unreachable => OfOpening(fault, server),
        ExchangeFaultKind.AccessDenied => new(
            ErrorIds.ExchangeAccessDenied, ErrorKind.PermissionDenied, target,
            $"Exchange refused {cmdlet} on {server}: {fault.Text}",
            $"Give the connector's account the management role {ExchangeCatalogue.RoleOf(cmdlet)}, with a scope that covers the whole organisation."),
        ExchangeFaultKind.NotFound => new(
            ErrorIds.ExchangeObjectNotFound, ErrorKind.NotFound, target,
            $"Exchange does not know what {cmdlet} named: {fault.Text}",
            "Read the organisation again: the object was removed or moved since."),
        ExchangeFaultKind.Throttled => Throttled(fault, server),
        ExchangeFaultKind.SessionLost => new(
            ErrorIds.ExchangeSessionLost, ErrorKind.Unreachable, server,
            $"The session with {server} broke while {cmdlet} ran: {fault.Text}",
            "Run the command again; with a session of your own, open a new one first."),
        ExchangeFaultKind.Silent => new(
            ErrorIds.ExchangeSessionLost, ErrorKind.Unreachable, server,
            $"{server} took {cmdlet} and did not answer: {fault.Text}",
            "Send the same command in the Exchange Management Shell of that server; if it hangs there too, look at the server and its domain controllers. Set-ConnectorFailover -ExcludeServer keeps the connector away from it."),
        ExchangeFaultKind.CmdletMissing => CmdletMissing(cmdlet, [cmdlet], server),
        ExchangeFaultKind.ParameterMissing => new(
            ErrorIds.ExchangeParameterMissing, ErrorKind.NotSupported, cmdlet,
            $"The session with {server} refused a parameter of {cmdlet}: {fault.Text}",
            $"Give the connector's account the whole management role {ExchangeCatalogue.RoleOf(cmdlet)}; a cut-down copy of it may lack parameters."),
        ExchangeFaultKind.NoLanguage => new(
            ErrorIds.ExchangeCommandFailed, ErrorKind.NotSupported, target,
            $"The endpoint of {server} took {cmdlet} for a script: {fault.Text}",
            "Connect to the endpoint Microsoft.Exchange of an Exchange server."),
        ExchangeFaultKind.Proxy => new(
            ErrorIds.ExchangeProxyFailed, ErrorKind.ServerFault, target,
            $"{server} handed {cmdlet} on to a server of another version, and that failed: {fault.Text}",
            "Let the connector work with the newest server that holds mailboxes: Set-ConnectorFailover -PreferredServer names it."),
        ExchangeFaultKind.Transient => new(
            ErrorIds.ExchangeCommandFailed, ErrorKind.Unreachable, target,
            $"{cmdlet} failed on {server} for a reason that passes: {fault.Text}",
            "Run the command again; if it stays, look at the domain controllers that the server uses."),
        _ => new(
            ErrorIds.ExchangeCommandFailed, ErrorKind.ServerFault, target,
            $"{cmdlet} failed on {server}: {fault.Text}",
            "Send the same command in the Exchange Management Shell to see the whole answer."),
    };

    /// <summary>A session that could not be opened.</summary>
    /// <param name="fault">Why.</param>
    /// <param name="server">The server.</param>
    /// <returns>The failure.</returns>
    public static ConnectorException OfOpening(ExchangeFault fault, string server) => fault.Kind switch
    {
        ExchangeFaultKind.Authentication => new(
            ErrorIds.ExchangeAuthentication, ErrorKind.Authentication, server,
            $"{server} refused to sign in: {fault.Text}",
            "Check the account and its password, and that the server's name is its own fully qualified one: Kerberos needs it."),
        ExchangeFaultKind.AccessDenied => new(
            ErrorIds.ExchangeAccessDenied, ErrorKind.PermissionDenied, server,
            $"{server} opens no session for this account: {fault.Text}",
            "Enable remote PowerShell for the account and make it a member of a role group."),
        ExchangeFaultKind.Throttled => Throttled(fault, server),
        _ => new(
            ErrorIds.ExchangeUnreachable, ErrorKind.Unreachable, server,
            $"{server} cannot be reached: {fault.Text}",
            "Check the server's name and that its PowerShell endpoint answers from this computer."),
    };

    /// <summary>Cmdlets that the session does not offer.</summary>
    /// <param name="first">The first of them.</param>
    /// <param name="missing">All of them.</param>
    /// <param name="server">The server.</param>
    /// <returns>The failure.</returns>
    public static ConnectorException CmdletMissing(string first, IReadOnlyList<string> missing, string server) => new(
        ErrorIds.ExchangeCmdletMissing, ErrorKind.NotSupported, first,
        $"The session with {server} does not offer {string.Join(", ", missing)}.",
        $"Give the connector's account the management role {Roles(missing)}.");

    /// <summary>Parameters that the session does not offer.</summary>
    /// <param name="cmdlet">The first cmdlet that lacks one.</param>
    /// <param name="missing">All of them, as <c>Cmdlet -Parameter</c>.</param>
    /// <param name="server">The server.</param>
    /// <returns>The failure.</returns>
    public static ConnectorException ParameterMissing(string cmdlet, IReadOnlyList<string> missing, string server) => new(
        ErrorIds.ExchangeParameterMissing, ErrorKind.NotSupported, cmdlet,
        $"The session with {server} does not offer {string.Join(", ", missing)}.",
        $"Give the connector's account the whole management role {ExchangeCatalogue.RoleOf(cmdlet)}; a cut-down copy of it may lack parameters.");

    /// <summary>A session that wipes whole devices only.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="server">The server.</param>
    /// <returns>The failure.</returns>
    public static ConnectorException AccountOnlyUnknown(string cmdlet, string server) => new(
        ErrorIds.ExchangeParameterMissing, ErrorKind.NotSupported, cmdlet,
        $"The session with {server} does not offer {cmdlet} -AccountOnly: a wipe of the account alone needs Exchange 2016 or later.",
        $"Connect to a server of Exchange 2016 or later; where it is one, give the account the whole management role {ExchangeCatalogue.RoleOf(cmdlet)}. Without -AccountOnly the whole device would be wiped.");

    /// <summary>An answer that makes no sense.</summary>
    /// <param name="target">What was asked for.</param>
    /// <param name="message">What is wrong with it.</param>
    /// <returns>The failure.</returns>
    public static ConnectorException AnswerInvalid(string target, string message) => new(
        ErrorIds.ExchangeCommandFailed, ErrorKind.InvalidData, target, message,
        "Send the same command in the Exchange Management Shell to see the whole answer.");

    /// <summary>A session of the caller that cannot be used.</summary>
    /// <param name="target">The session.</param>
    /// <param name="message">What is wrong with it.</param>
    /// <param name="kind">What kind of failure it is.</param>
    /// <returns>The failure.</returns>
    public static ConnectorException SessionInvalid(string target, string message, ErrorKind kind = ErrorKind.InvalidInput) => new(
        ErrorIds.ExchangeSessionInvalid, kind, target, message,
        "Open a session with New-PSSession -ConfigurationName Microsoft.Exchange and pass it to -Session.");

    private static ConnectorException Nobody(ExchangeFaultException exception)
    {
        var said = string.Join(" ", exception.Tried.Select(static tried => $"{tried.Server}: {tried.Fault.Text.TrimEnd('.')}."));
        return exception.Tried.All(static tried => tried.Fault.Kind == ExchangeFaultKind.Throttled)
            ? Throttled(new(ExchangeFaultKind.Throttled, said), exception.Server)
            : new(
                ErrorIds.ExchangeUnreachable, ErrorKind.Unreachable, exception.Server,
                $"None of the {exception.Tried.Count} servers that were tried gives a session. {said}",
                "Get-ConnectorFailover -Probe tries each of them and says what it sees.");
    }

    private static ConnectorException FailoverOff(ExchangeFaultException exception)
    {
        var cause = exception.Cmdlet is { } cmdlet ? OfCommand(exception.Fault, cmdlet, exception.Server, exception.Server) : OfOpening(exception.Fault, exception.Server);
        return new(
            cause.ErrorId, cause.Kind, cause.Target,
            $"{cause.Message} Failover is off; with it {string.Join(", ", exception.NotTried)} would have been tried.",
            "Set-ConnectorFailover -Enabled $true lets another server take over. " + cause.Remedy);
    }

    private static ConnectorException Throttled(ExchangeFault fault, string server) => new(
        ErrorIds.ExchangeThrottled, ErrorKind.Throttled, server,
        $"{server} asks to slow down: {fault.Text}",
        "Close sessions of this account that nobody uses, lower the number of parallel sessions, or give the account a throttling policy of its own.");

    private static string Roles(IReadOnlyList<string> cmdlets)
    {
        var roles = new List<string>();
        foreach (var cmdlet in cmdlets)
        {
            var role = ExchangeCatalogue.RoleOf(cmdlet);
            if (!roles.Contains(role)) roles.Add(role);
        }

        return string.Join(" and ", roles);
    }
}
