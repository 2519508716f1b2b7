using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Devices;

/// <summary>Failures of what somebody orders for single entries and devices.</summary>
internal static class DeviceErrors
{
    private const string ReadAnew = "Names are taken whole, without wildcards. For what is new since the last read, run Get-ConnectorDevice -Refresh first.";

    public static ConnectorException MailboxNotFound(string mailbox) => new(
        ErrorIds.MailboxNotFound, ErrorKind.NotFound, mailbox, $"The last complete read holds no mailbox '{mailbox}'.", ReadAnew);

    public static ConnectorException MailboxGone(string mailbox) => new(
        ErrorIds.MailboxNotFound, ErrorKind.NotFound, mailbox, $"Exchange holds no mailbox '{mailbox}' any more.", "Run Get-ConnectorDevice -Refresh to see what is there now.");

    public static ConnectorException MailboxUnread(ConnectorDevice device) => new(
        ErrorIds.MailboxNotFound, ErrorKind.NotFound, device.Mailbox,
        $"The mailbox of the partnership '{device.Mailbox}' was not read, so neither its lists nor its memory of the device can be looked at.",
        "Give the connector's account a scope that covers the mailbox, and run Get-ConnectorDevice -Refresh.");

    public static ConnectorException DeviceNotFound(string? mailbox, string deviceId, string? type = null) => new(
        ErrorIds.DeviceNotFound, ErrorKind.NotFound, mailbox is null ? deviceId : $"{mailbox} {deviceId}",
        $"The last complete read holds no device '{deviceId}'{(string.IsNullOrEmpty(type) ? string.Empty : $" of type '{type}'")}{(mailbox is null ? string.Empty : $" on mailbox '{mailbox}'")}.",
        "Get-ConnectorDevice lists what it holds. " + ReadAnew);

    public static ConnectorException DeviceGone(ConnectorDevice device) => new(
        ErrorIds.DeviceNotFound, ErrorKind.NotFound, Target(device),
        $"Exchange holds the partnership of '{device.DeviceId}' with '{device.Mailbox}' no more; nothing was sent.",
        "Run Get-ConnectorDevice -Refresh to see what is there now.");

    public static ConnectorException DeviceChanged(ConnectorDevice device, string what) => new(
        ErrorIds.DeviceChanged, ErrorKind.InvalidData, Target(device),
        $"Exchange answers for the partnership of '{device.DeviceId}' with '{device.Mailbox}' with {what}; nothing was sent.",
        "Run Get-ConnectorDevice -Refresh, look at the device again, and repeat the command.");

    public static ConnectorException DeviceAmbiguous(string mailbox, string deviceId, IEnumerable<ConnectorDevice> devices) => new(
        ErrorIds.DeviceAmbiguous, ErrorKind.InvalidInput, $"{mailbox} {deviceId}",
        $"Mailbox '{mailbox}' has several partnerships with the id '{deviceId}': {string.Join(", ", devices.Select(static device => $"{device.DeviceType} ({device.PartnershipId})"))}.",
        "Pass -DeviceType as well, or pipe the one that is meant from Get-ConnectorDevice.");

    public static ConnectorException ExemptionNotFound(string mailbox, string deviceId, EntryList? list) => new(
        ErrorIds.ExemptionNotFound, ErrorKind.NotFound, $"{mailbox} {deviceId}",
        $"The last complete read holds no entry '{deviceId}' in {(list is { } one ? $"the {Word(one)} list" : "either list")} of mailbox '{mailbox}'.",
        "Get-ConnectorExemption lists what it holds; -Refresh reads anew.");

    public static ConnectorException NotRemoved(ConnectorExemption entry, string why) => new(
        ErrorIds.ExemptionNotRemoved, ErrorKind.ServerFault, $"{entry.Mailbox} {entry.DeviceId}",
        $"The entry '{entry.DeviceId}' stays in the {Word(entry.List)} list of '{entry.Mailbox}'. {why}",
        "Run the command again; Get-ConnectorSyncHistory -Last 1 -IncludeChange shows what was sent.");

    public static ConnectorException NotOurs(ConnectorExemption entry) => new(
        ErrorIds.AdministratorEntry, ErrorKind.PermissionDenied, $"{entry.Mailbox} {entry.DeviceId}",
        $"The entry '{entry.DeviceId}' in the {Word(entry.List)} list of '{entry.Mailbox}' is an administrator's own by now, and stays.",
        "Run Get-ConnectorExemption -Refresh and look at it again.");

    public static ConnectorException EntryNotTold(ConnectorDevice device, string entry) => new(
        ErrorIds.AdministratorEntry, ErrorKind.InvalidInput, Target(device),
        $"An administrator's entry '{entry}' lets the device into '{device.Mailbox}' and was not there when you were asked, so neither it nor the partnership was removed.",
        "Run Get-ConnectorExemption -Refresh, look at the entry, and repeat the command.");

    public static ConnectorException OrderFailed(ConnectorDevice device, string what, ConnectorException cause) => new(
        ErrorIds.DeviceCommandFailed, cause.Kind, Target(device), $"{what} of '{device.DeviceId}' on '{device.Mailbox}' failed. {cause.Message}", cause.Remedy, cause);

    public static ConnectorException OrderUnclear(ConnectorDevice device, string what, ConnectorException cause) => new(
        cause.ErrorId, cause.Kind, Target(device), $"Whether {what} of '{device.DeviceId}' on '{device.Mailbox}' was asked for is not known: Exchange did not confirm it. {cause.Message}",
        "Get-ConnectorDevice -IncludeStatistics shows for this device whether the request was taken; look there before you order it again.", cause);

    public static ConnectorException NotOrdered(ConnectorDevice device, string what, ConnectorException cause) => new(
        ErrorIds.DeviceCommandFailed, cause.Kind, Target(device), $"{what} of '{device.DeviceId}' on '{device.Mailbox}' was not asked for: the command ended before its turn. {cause.Message}",
        "Run the command again for this device.", cause);

    public static ConnectorException StatisticsLimit(int mailboxes, int limit) => new(
        ErrorIds.StatisticsLimit, ErrorKind.InvalidInput, mailboxes.ToString(System.Globalization.CultureInfo.InvariantCulture),
        $"Statistics of {mailboxes} mailboxes were asked for. Each is a log-on to a mailbox and takes about a second; more than {limit} are read only when told twice.",
        "Narrow the devices with -Mailbox, -DeviceId, -Decision or -Reason, or pass -Force.");

    public static bool EndsCommand(ConnectorException failure) =>
        failure.Kind is ErrorKind.Unreachable or ErrorKind.Authentication or ErrorKind.Storage or ErrorKind.Throttled
        || failure.ErrorId is ErrorIds.ExchangeSessionLost or ErrorIds.ExchangeSessionInvalid or ErrorIds.ExchangeCmdletMissing or ErrorIds.ExchangeParameterMissing;

    /// <summary>A fault of one command that passes, as a time limit of the server; the session goes on.</summary>
    public static bool Passes(ConnectorException failure) => failure is { ErrorId: ErrorIds.ExchangeCommandFailed, Kind: ErrorKind.Unreachable };

    public static string Target(ConnectorDevice device) => $"{device.Mailbox} {device.DeviceId}";

    private static string Word(EntryList list) => list == EntryList.Allowed ? "allowed" : "blocked";
}
