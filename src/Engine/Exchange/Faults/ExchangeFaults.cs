using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Management.Automation.Runspaces;

namespace IntuneExchangeConnector.Engine.Exchange.Faults;

/// <summary>
/// Tells remote failures apart. Exchange's texts come in the server's language, so what is not translated decides first:
/// the word behind <c>FailureCategory=</c>, then names of exception types, then error ids and numbers; text is the last resort.
/// </summary>
internal static class ExchangeFaults
{
    private const string CategoryMark = "FailureCategory=";

    private const StringComparison IgnoreCase = StringComparison.OrdinalIgnoreCase;

    private static readonly Dictionary<string, ExchangeFaultKind> s_types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["ManagementObjectNotFoundException"] = ExchangeFaultKind.NotFound,
        ["ADNoSuchObjectException"] = ExchangeFaultKind.NotFound,
        ["AuthorizationException"] = ExchangeFaultKind.AccessDenied,
        ["CmdletAccessDeniedException"] = ExchangeFaultKind.AccessDenied,
        ["UnauthorizedAccessException"] = ExchangeFaultKind.AccessDenied,
        ["SecurityException"] = ExchangeFaultKind.AccessDenied,
        ["AuthenticationException"] = ExchangeFaultKind.Authentication,
        ["ADInvalidCredentialException"] = ExchangeFaultKind.Authentication,
        ["OverBudgetException"] = ExchangeFaultKind.Throttled,
        ["ThrottlingException"] = ExchangeFaultKind.Throttled,
        ["ThrottlingRejectedOperationException"] = ExchangeFaultKind.Throttled,
        ["ResourceUnhealthyException"] = ExchangeFaultKind.Throttled,
        ["ADTransientException"] = ExchangeFaultKind.Transient,
        ["TransientException"] = ExchangeFaultKind.Transient,
        ["DataSourceTransientException"] = ExchangeFaultKind.Transient,
        ["StorageTransientException"] = ExchangeFaultKind.Transient,
        ["SuitabilityException"] = ExchangeFaultKind.Transient,
        ["NoSuitableServerFoundException"] = ExchangeFaultKind.Transient,
        ["TimeoutException"] = ExchangeFaultKind.Transient,
        ["PSRemotingTransportException"] = ExchangeFaultKind.SessionLost,
        ["PSRemotingTransportRedirectException"] = ExchangeFaultKind.SessionLost,
        ["PSRemotingDataStructureException"] = ExchangeFaultKind.SessionLost,
        ["InvalidRunspaceStateException"] = ExchangeFaultKind.SessionLost,
        ["InvalidPipelineStateException"] = ExchangeFaultKind.SessionLost,
        ["PipelineStoppedException"] = ExchangeFaultKind.SessionLost,
        ["ObjectDisposedException"] = ExchangeFaultKind.SessionLost,
        ["CmdletProxyException"] = ExchangeFaultKind.Proxy,
        ["CommandNotFoundException"] = ExchangeFaultKind.CmdletMissing,
    };

    // Numbers of Windows and of WS-Management; a logon that failed, and a user with too many shells.
    private static readonly Dictionary<int, ExchangeFaultKind> s_numbers = new()
    {
        [5] = ExchangeFaultKind.Authentication,
        [1326] = ExchangeFaultKind.Authentication,
        [1331] = ExchangeFaultKind.Authentication,
        [1909] = ExchangeFaultKind.Authentication,
        [unchecked((int)0x803381A4)] = ExchangeFaultKind.Throttled,
        [unchecked((int)0x803381A5)] = ExchangeFaultKind.Throttled,
        [unchecked((int)0x803381A6)] = ExchangeFaultKind.Throttled,
    };

    /// <summary>Tells an error record apart.</summary>
    /// <param name="record">What a command left in its error stream.</param>
    /// <returns>The fault.</returns>
    public static ExchangeFault Of(ErrorRecord record)
    {
        var text = record.ErrorDetails?.Message is { Length: > 0 } details ? details : record.Exception?.Message;
        var id = record.FullyQualifiedErrorId ?? string.Empty;
        var kind = OfCategory(id) ?? OfCategory(text) ?? OfId(id) ?? OfType(record.CategoryInfo?.Reason) ?? OfExceptionType(record.Exception) ?? OfText(text);
        return new(kind, FaultText.Clean(text));
    }

    /// <summary>Tells the end of a command apart that threw.</summary>
    /// <param name="exception">What it threw.</param>
    /// <returns>The fault.</returns>
    public static ExchangeFault Of(Exception exception)
    {
        if (exception is PSRemotingTransportException transport)
        {
            var kind = OfCategory(transport.Message) ?? OfNumber(transport.ErrorCode) ?? OfThrottleText(transport.Message) ?? ExchangeFaultKind.SessionLost;
            return new(kind, FaultText.Clean(transport.Message));
        }

        if (exception is IContainsErrorRecord { ErrorRecord: { } record }) return Of(record);
        var found = OfCategory(exception.Message) ?? OfExceptionType(exception) ?? OfText(exception.Message);
        return new(found, FaultText.Clean(exception.Message));
    }

    /// <summary>Tells apart why a session could not be opened.</summary>
    /// <param name="reason">The reason that the runspace gave; may be null.</param>
    /// <returns>The fault.</returns>
    public static ExchangeFault OfOpening(Exception? reason)
    {
        if (reason is null) return new(ExchangeFaultKind.Unreachable, "The connection ended without a reason.");
        var fault = Of(reason);
        return fault.Kind is ExchangeFaultKind.Authentication or ExchangeFaultKind.AccessDenied or ExchangeFaultKind.Throttled
            ? fault
            : fault with { Kind = ExchangeFaultKind.Unreachable };
    }

    // [FailureCategory=Cmdlet-ADTransientException]: the part that failed, then as a rule the name of an exception.
    private static ExchangeFaultKind? OfCategory(string? text)
    {
        var start = text?.IndexOf(CategoryMark, StringComparison.Ordinal) ?? -1;
        if (start < 0) return null;
        start += CategoryMark.Length;
        var end = text!.IndexOf(']', start);
        var word = text.Substring(start, (end < 0 ? text.Length : end) - start);
        if (OfThrottleText(text) is { } throttled) return throttled;
        var dash = word.IndexOf('-');
        var part = dash < 0 ? word : word.Substring(0, dash);
        if (part.Equals("AuthZ", IgnoreCase)) return ExchangeFaultKind.AccessDenied;
        if (part.Equals("AuthN", IgnoreCase) || part.Equals("LiveID", IgnoreCase)) return ExchangeFaultKind.Authentication;
        if (part.Equals("Cafe", IgnoreCase)) return ExchangeFaultKind.Transient;
        return dash < 0 ? null : OfType(word.Substring(dash + 1));
    }

    private static ExchangeFaultKind? OfId(string id)
    {
        if (id.StartsWith("NamedParameterNotFound", StringComparison.Ordinal)) return ExchangeFaultKind.ParameterMissing;
        if (id.StartsWith("CommandNotFoundException", StringComparison.Ordinal)) return ExchangeFaultKind.CmdletMissing;
        return id.StartsWith("ScriptsNotAllowed", StringComparison.Ordinal) ? ExchangeFaultKind.NoLanguage : null;
    }

    private static ExchangeFaultKind? OfType(string? name) =>
        name is not null && s_types.TryGetValue(name.Substring(name.LastIndexOf('.') + 1), out var kind) ? kind : null;

    private static ExchangeFaultKind? OfExceptionType(Exception? exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
        {
            if (OfType(cause.GetType().Name) is { } kind) return kind;
            if (cause is RemoteException { SerializedRemoteException: { } remote } && OfTypes(remote) is { } remoteKind) return remoteKind;
        }

        return null;
    }

    // The exception stayed on the server; what came over is its shape, under names such as Deserialized.Namespace.Name.
    private static ExchangeFaultKind? OfTypes(PSObject remote)
    {
        foreach (var name in remote.TypeNames)
        {
            if (OfType(name) is { } kind) return kind;
        }

        return null;
    }

    private static ExchangeFaultKind? OfNumber(int number) => s_numbers.TryGetValue(number, out var kind) ? kind : null;

    // These words are names inside Exchange's texts and are not translated with them.
    private static ExchangeFaultKind? OfThrottleText(string? text) =>
        text is not null
        && (Has(text, "MaxConcurrency") || Has(text, "ActiveRunspaces:") || Has(text, "OverBudget") || Has(text, "concurrent shells"))
            ? ExchangeFaultKind.Throttled
            : null;

    private static ExchangeFaultKind OfText(string? text)
    {
        if (text is null) return ExchangeFaultKind.Other;
        if (OfThrottleText(text) is { } throttled) return throttled;
        if (Has(text, "couldn't be found on") || Has(text, "wasn't found on")) return ExchangeFaultKind.NotFound;
        if (Has(text, "Proxy method RPS")) return ExchangeFaultKind.Proxy;
        if (Has(text, "no-language mode")) return ExchangeFaultKind.NoLanguage;
        if (Has(text, "isn't within your current write scopes") || Has(text, "access is denied")) return ExchangeFaultKind.AccessDenied;
        return Has(text, "timed out") || Has(text, "try again later") ? ExchangeFaultKind.Transient : ExchangeFaultKind.Other;
    }

    private static bool Has(string text, string part) => text.IndexOf(part, IgnoreCase) >= 0;
}
