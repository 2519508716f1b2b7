using System.Collections.Generic;
using System.Globalization;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>Holds that a read by itself is reason enough for.</summary>
internal static class RunHolds
{
    /// <summary>An answer whose end was not seen.</summary>
    /// <param name="cut">What was cut.</param>
    public static RunHold Cut(string cut) =>
        new(cut, "Run the sync again; where it stays so, look at the server that cut its answer. -Force does not pass this.");

    /// <summary>Rows of the tenant that could not be read.</summary>
    /// <param name="rows">The rows.</param>
    /// <returns>Null where there are none.</returns>
    public static RunHold? Unreadable(IReadOnlyList<UnreadableRow> rows) => rows.Count == 0 ? null : new RunHold(
        string.Format(CultureInfo.InvariantCulture, "{0} rows of the tenant could not be read (the first: {1}: {2}).", rows.Count, rows[0].Identity, rows[0].Cause),
        "Look at that row in the portal of Intune or Entra. Invoke-ConnectorSync -Force goes on without such rows and leaves alone whoever may be among them.");

    /// <summary>Whether a failure means that the tenant could not be read to its end: it asks to slow down, answers with failures or went away, and stayed so for all attempts.</summary>
    /// <param name="failure">The failure.</param>
    public static bool IsOfTenantRead(ConnectorException failure) =>
        failure.ErrorId is ErrorIds.GraphThrottled or ErrorIds.GraphRequestFailed or ErrorIds.GraphUnreachable
        && failure.Kind is ErrorKind.Throttled or ErrorKind.ServerFault or ErrorKind.Unreachable;

    /// <summary>A tenant that could not be read to its end.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="requests">Requests sent so far.</param>
    public static RunHold Unread(ConnectorException failure, int requests) => new(
        string.Format(CultureInfo.InvariantCulture, "The tenant could not be read to its end ({0} requests were sent). {1}", requests, failure.Message),
        failure.Remedy + " Nothing was written, so Invoke-ConnectorSync may be run again at any time.");

    /// <summary>Two holds as one.</summary>
    /// <param name="first">One; null for none.</param>
    /// <param name="second">The other; null for none.</param>
    public static RunHold? Join(RunHold? first, RunHold? second) =>
        first is null ? second : second is null ? first : new RunHold($"{first.Reason} {second.Reason}", $"{first.Remedy} {second.Remedy}");
}
