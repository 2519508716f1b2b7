using System;
using System.Globalization;

namespace IntuneExchangeConnector.Sandbox.Exchange;

/// <summary>The English messages by which clients and people recognise what Exchange says.</summary>
internal static class ExchangeTexts
{
    public const string MoreResults =
        "There are more results available than are currently displayed. To view them, increase the value for the ResultSize parameter.";

    public const string WipePrompt =
        "This command will force all the data on the device to be permanently deleted. Do you want to continue?";

    /// <summary>What the client's side of remoting says of a server where nobody listens.</summary>
    public static string ConnectionRefused(string server) =>
        $"Connecting to remote server {server} failed with the following error message : The client cannot connect to the destination specified in the request. Verify that the service on the destination is running and is accepting requests.";

    public static string TooManySessions(int limit) => string.Create(
        CultureInfo.InvariantCulture,
        $"[AuthZRequestId={Guid.NewGuid()}][FailureCategory=AuthZ-AuthorizationException] Fail to create a runspace because you have exceeded the maximum number of connections allowed : {limit} for the policy party : MaxConcurrency. Please close existing runspace and try again. Policy: CN=GlobalThrottlingPolicy; Snapshot: Owner: Sid~CONTOSO\\Connector~WSMan~false BudgetType: WSMan ActiveRunspaces: {limit}/{limit} Locked: False LockRemaining: 00:00:00");

    public static string MicroDelay(int milliseconds) => string.Create(
        CultureInfo.InvariantCulture,
        $"Micro delay applied. Actual delayed: {milliseconds} msecs, Enforced: True, Capped delay: {milliseconds} msecs, Required: False, Additional info: .; PolicyDN: CN=GlobalThrottlingPolicy; Snapshot: Owner: Sid~CONTOSO\\Connector~WSMan~false BudgetType: PowerShell");

    public static string NotFound(string identity, string domainController) =>
        $"The operation couldn't be performed because object '{identity}' couldn't be found on '{domainController}'.";

    public static string Ambiguous(string identity, string domainController) =>
        $"The operation couldn't be performed because '{identity}' matches multiple entries on '{domainController}'.";

    public static string NothingModified(string identity) =>
        $"The command completed successfully but no settings of '{identity}' have been modified.";
}
