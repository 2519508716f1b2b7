using System;
using System.Globalization;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Hosting;

/// <summary>Every error record of the module is made here: a stable id, a category, what it concerns and what to do next.</summary>
internal static class Errors
{
    /// <summary>A failure of the engine, or a defect.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>The record.</returns>
    public static ErrorRecord From(Exception failure) => failure is ConnectorException known
        ? Record(known, known.ErrorId, Category(known.Kind), known.Target, known.Remedy)
        : Record(failure, ErrorIds.Unexpected, ErrorCategory.NotSpecified, null, Strings.RemedyUnexpected);

    /// <summary>A run that failed; its result was emitted already.</summary>
    /// <param name="result">The run.</param>
    /// <returns>The record; it concerns the result.</returns>
    public static ErrorRecord RunFailed(SyncResult result)
    {
        var history = string.Format(CultureInfo.InvariantCulture, Strings.RemedyRunFailed, result.RunId);
        var remedy = result.FailureRemedy is { Length: > 0 } known ? known + " " + history : history;
        var failure = new ConnectorException(
            result.FailureId ?? ErrorIds.SyncFailed,
            ErrorKind.ServerFault,
            result.Connector,
            result.FailureMessage ?? Strings.RunFailed,
            remedy);
        return Record(failure, failure.ErrorId, ErrorCategory.OperationStopped, result, remedy);
    }

    /// <summary>A parameter whose value cannot be right.</summary>
    /// <param name="parameter">Its name.</param>
    /// <param name="value">Its value; never a secret.</param>
    /// <param name="message">What is wrong.</param>
    /// <param name="remedy">What to pass instead.</param>
    /// <returns>The failure.</returns>
    public static ConnectorException InvalidParameter(string parameter, object? value, string message, string remedy) =>
        new(ErrorIds.InvalidParameter, ErrorKind.InvalidInput, Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty, $"-{parameter}: {message}", remedy);

    /// <summary>An administrator's entry that came with many others.</summary>
    /// <param name="entry">The entry.</param>
    /// <returns>The record; it concerns the entry.</returns>
    public static ErrorRecord NotOurs(ConnectorExemption entry)
    {
        var list = entry.List == EntryList.Allowed ? Strings.ListAllowed : Strings.ListBlocked;
        var message = string.Format(CultureInfo.CurrentCulture, Strings.EntryNotOurs, entry.DeviceId, list, entry.Mailbox);
        var failure = new ConnectorException(ErrorIds.AdministratorEntry, ErrorKind.PermissionDenied, entry.Mailbox, message, Strings.RemedyEntryNotOurs);
        return Record(failure, failure.ErrorId, ErrorCategory.PermissionDenied, entry, failure.Remedy);
    }

    /// <summary>True for what PowerShell itself throws to end a pipeline; it is never caught for good.</summary>
    /// <param name="exception">The exception.</param>
    /// <returns>True when it has to travel on untouched.</returns>
    public static bool IsControlFlow(Exception exception) =>
        exception is PipelineStoppedException or ActionPreferenceStopException or FlowControlException;

    private static ErrorRecord Record(Exception failure, string id, ErrorCategory category, object? target, string remedy)
    {
        var message = PlainText.OneLine(failure.Message);
#if !NET
        // Windows PowerShell keeps the recommended action to itself, so the sentence is told with the message.
        message = message + " " + remedy;
#endif
        return new ErrorRecord(failure, id, category, target)
        {
            ErrorDetails = new ErrorDetails(message) { RecommendedAction = remedy },
        };
    }

    private static ErrorCategory Category(ErrorKind kind) => kind switch
    {
        ErrorKind.InvalidInput => ErrorCategory.InvalidArgument,
        ErrorKind.NotFound => ErrorCategory.ObjectNotFound,
        ErrorKind.AlreadyExists => ErrorCategory.ResourceExists,
        ErrorKind.Authentication => ErrorCategory.AuthenticationError,
        ErrorKind.PermissionDenied => ErrorCategory.PermissionDenied,
        ErrorKind.Unreachable => ErrorCategory.ConnectionError,
        ErrorKind.Throttled => ErrorCategory.LimitsExceeded,
        ErrorKind.InvalidData => ErrorCategory.InvalidData,
        ErrorKind.Busy => ErrorCategory.ResourceBusy,
        ErrorKind.Storage => ErrorCategory.WriteError,
        ErrorKind.NotSupported => ErrorCategory.NotInstalled,
        ErrorKind.ServerFault => ErrorCategory.InvalidResult,
        _ => ErrorCategory.NotSpecified,
    };
}
