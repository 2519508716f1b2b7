using System;
using System.Management.Automation;

namespace IntuneExchangeConnector.Engine.Tests.Exchange.Support;

/// <summary>Rows as Exchange returns them.</summary>
internal static class Rows
{
    public static readonly Guid DeviceGuid = new("0f8fad5b-d9cb-469f-a165-70867728950e");

    public static PSObject Device(string deviceId, string type = "iPhone", string? model = "iPhone14C5") => FakeExchange.Row(
        ("Guid", DeviceGuid), ("Identity", $"contoso.com/Users/Jane Doe/ExchangeActiveSyncDevices/{type}§{deviceId}"),
        ("DistinguishedName", "CN=device,CN=ExchangeActiveSyncDevices,CN=Jane Doe,OU=Users,DC=contoso,DC=com"),
        ("DeviceId", deviceId), ("DeviceType", type), ("DeviceModel", model), ("DeviceAccessState", "Allowed"), ("DeviceAccessStateReason", "Global"));

    public static PSObject Mailbox(Guid? id = null, string[]? allowed = null, string[]? blocked = null) => FakeExchange.Row(
        ("Guid", id ?? Changes.MailboxId), ("Identity", "contoso.com/Users/Jane Doe"), ("DisplayName", "Jane Doe"), ("PrimarySmtpAddress", "jane@contoso.com"),
        ("ActiveSyncEnabled", true), ("ActiveSyncAllowedDeviceIDs", allowed ?? []), ("ActiveSyncBlockedDeviceIDs", blocked ?? []));
}
