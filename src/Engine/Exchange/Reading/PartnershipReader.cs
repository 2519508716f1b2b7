using System;
using System.Collections.Generic;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;

namespace IntuneExchangeConnector.Engine.Exchange.Reading;

/// <summary>Reads a row of <c>Get-MobileDevice</c> or <c>Get-ActiveSyncDevice</c>.</summary>
internal static class PartnershipReader
{
    private const string Container = "ExchangeActiveSyncDevices";

    private static readonly Dictionary<string, ExchangeAccessState> s_states = Names<ExchangeAccessState>();

    private static readonly Dictionary<string, ExchangeAccessReason> s_reasons = Names<ExchangeAccessReason>();

    /// <summary>Reads a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="pool">Shares texts between rows.</param>
    /// <returns>The partnership.</returns>
    /// <exception cref="System.IO.InvalidDataException">The row lacks what a partnership cannot be without.</exception>
    public static EasPartnership Read(ExchangeRow row, TextPool pool)
    {
        var identity = row.Identity();
        var reason = row.Value("DeviceAccessStateReason");
        var reasonText = pool.Share(ExchangeRow.TextOf(reason));
        return new()
        {
            Id = row.Guid("Guid"),
            Identity = identity,
            OwnerDistinguishedName = pool.Share(OwnerOf(row.Text("DistinguishedName") ?? NameBehind(row))),
            OwnerCanonicalName = pool.Share(OwnerBefore(identity)),
            DeviceId = new EasDeviceId(row.Text("DeviceId")),
            DeviceType = pool.Share(row.Text("DeviceType")) ?? string.Empty,
            DeviceModel = pool.Share(row.Text("DeviceModel")),
            DeviceOS = pool.Share(row.Text("DeviceOS")),
            UserAgent = pool.Share(row.Text("DeviceUserAgent", "UserAgent")),
            FriendlyName = row.Text("FriendlyName", "DeviceFriendlyName"),
            ClientType = pool.Share(row.Text("ClientType")),
            AccessState = StateOf(row.Value("DeviceAccessState")),
            AccessReason = ReasonOf(reason, reasonText),
            AccessReasonText = reasonText,
            AccessRule = pool.Share(row.Text("DeviceAccessControlRule")),
            FirstSync = row.Instant("FirstSyncTime"),
            WhenChanged = row.Instant("WhenChangedUTC") ?? row.Instant("WhenChanged"),
        };
    }

    // CN=type§id,CN=ExchangeActiveSyncDevices,<owner>. The type is the device's own word and may hold anything, escaped.
    private static string? OwnerOf(string? distinguishedName) =>
        distinguishedName is not null
        && DistinguishedNames.Ancestor(distinguishedName, 1) is { } container
        && container.StartsWith("CN=" + Container + ",", StringComparison.OrdinalIgnoreCase)
            ? DistinguishedNames.Ancestor(container, 1)
            : null;

    // The first occurrence is the container; a later one can only stand in the device's own words.
    private static string? OwnerBefore(string identity)
    {
        var end = identity.IndexOf("/" + Container + "/", StringComparison.OrdinalIgnoreCase);
        return end > 0 ? identity.Substring(0, end) : null;
    }

    // An identity that kept its depth on the way is an object with its own distinguished name.
    private static string? NameBehind(ExchangeRow row) =>
        row.Value("Identity", "Id") is { } identity and not string ? new ExchangeRow(PSObject.AsPSObject(identity)).Text("DistinguishedName") : null;

    private static ExchangeAccessState StateOf(object? value)
    {
        var text = ExchangeRow.TextOf(value);
        if (text is null) return ExchangeAccessState.Unknown;
        if (s_states.TryGetValue(text, out var state)) return state;
        return ExchangeRow.NumberOf(value) is { } number && number is >= 0 and <= (int)ExchangeAccessState.DeviceDiscovery
            ? (ExchangeAccessState)number
            : ExchangeAccessState.Unknown;
    }

    // The server's list is open: a word that is not known is one of the states that pass by themselves.
    private static ExchangeAccessReason ReasonOf(object? value, string? text)
    {
        if (text is null) return ExchangeAccessReason.Unknown;
        if (s_reasons.TryGetValue(text, out var reason)) return reason;
        return ExchangeRow.NumberOf(value) is { } number && number is >= 0 and < (int)ExchangeAccessReason.Other
            ? (ExchangeAccessReason)number
            : ExchangeAccessReason.Other;
    }

    private static Dictionary<string, T> Names<T>()
        where T : struct, Enum
    {
        Dictionary<string, T> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (T value in Enum.GetValues(typeof(T))) names.Add(value.ToString(), value);
        return names;
    }
}
