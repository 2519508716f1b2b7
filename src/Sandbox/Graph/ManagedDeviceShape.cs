using System;
using System.Collections.Generic;
using System.Text.Json;

namespace IntuneExchangeConnector.Sandbox.Graph;

internal static class ManagedDeviceShape
{
    private static readonly DateTimeOffset s_noEnd = new(9999, 12, 31, 23, 59, 59, TimeSpan.Zero);

    /// <summary>The members that every client knows; a newer one is hidden from who has not asked for it.</summary>
    private static readonly HashSet<string> s_knownAgents =
    [
        "eas", "mdm", "easMdm", "intuneClient", "easIntuneClient", "configurationManagerClient", "configurationManagerClientMdm",
        "configurationManagerClientMdmEas", "unknown", "jamf", "googleCloudDevicePolicyController", "microsoft365ManagedMdm", "msSense",
    ];

    private static readonly HashSet<string> s_knownStates = ["unknown", "compliant", "noncompliant", "conflict", "error", "inGracePeriod", "configManager"];

    public static GraphShape<ManagedDeviceRow> Shape { get; } = new GraphShape<ManagedDeviceRow>("microsoft.graph.managedDevice", isIntune: true)
        .Text("id", row => row.Device.Id.ToString())
        .Text("userId", row => row.User?.Id.ToString() ?? "")
        .Text("deviceName", row => row.Device.DeviceName)
        .Text("managedDeviceOwnerType", row => row.Device.OwnerType)
        .Instant("enrolledDateTime", row => row.Device.EnrolledDateTime)
        .Instant("lastSyncDateTime", row => row.Device.LastSyncDateTime)
        .Text("operatingSystem", row => row.Device.OperatingSystem)
        .Text("complianceState", row => row.KnowsNewEnumMembers || s_knownStates.Contains(row.Device.ComplianceState) ? row.Device.ComplianceState : "unknownFutureValue")
        .Text("jailBroken", _ => "Unknown")
        .Text("managementAgent", row => row.KnowsNewEnumMembers || s_knownAgents.Contains(row.Device.ManagementAgent) ? row.Device.ManagementAgent : "unknownFutureValue")
        .Text("osVersion", row => row.Device.OsVersion ?? "")
        .Flag("easActivated", row => row.Device.EasActivated)
        .Text("easDeviceId", row => row.Device.EasDeviceId)
        .Instant("easActivationDateTime", row => row.Device.EasActivationDateTime)
        .Flag("azureADRegistered", row => IsRegistered(row.Device.AzureAdDeviceId))
        .Text("deviceEnrollmentType", _ => "userEnrollment")
        .Text("emailAddress", row => row.User?.Mail ?? "")
        .Text("azureADDeviceId", row => (row.Device.AzureAdDeviceId ?? Guid.Empty).ToString())
        .Text("deviceRegistrationState", row => row.Device.AzureAdDeviceId is null ? "notRegistered" : "registered")
        .Text("deviceCategoryDisplayName", _ => "Unknown")
        .Flag("isSupervised", _ => false)
        .Instant("exchangeLastSuccessfulSyncDateTime", _ => null)
        .Text("exchangeAccessState", _ => "none")
        .Text("exchangeAccessStateReason", _ => "none")
        .Flag("isEncrypted", _ => true)
        .Text("userPrincipalName", row => row.User?.UserPrincipalName ?? "")
        .Text("model", row => row.Device.Model)
        .Text("manufacturer", row => row.Device.Manufacturer)
        .Text("imei", _ => "")
        .Instant("complianceGracePeriodExpirationDateTime", row => row.Device.ComplianceState == "inGracePeriod" ? row.Device.LastSyncDateTime.AddDays(7) : s_noEnd)
        .Text("serialNumber", row => row.Device.SerialNumber)
        .Text("phoneNumber", _ => "")
        .Text("androidSecurityPatchLevel", _ => "")
        .Text("userDisplayName", row => row.User?.DisplayName ?? "")
        .Add("configurationManagerClientEnabledFeatures", WriteNull)
        .Text("wiFiMacAddress", _ => "")
        .Add("deviceHealthAttestationState", WriteNull)
        .Text("subscriberCarrier", _ => "")
        .Text("meid", _ => "")
        .Add("totalStorageSpaceInBytes", WriteZero)
        .Add("freeStorageSpaceInBytes", WriteZero)
        .Text("managedDeviceName", row => row.Device.DeviceName)
        .Text("partnerReportedThreatState", _ => "unknown")
        .Instant("managementCertificateExpirationDate", row => row.Device.EnrolledDateTime.AddYears(1))
        .Text("managementState", row => row.Device.ManagementState)
        .Add("deviceActionResults", (Utf8JsonWriter writer, in ManagedDeviceRow _) => WriteEmptyArray(writer))
        .Nulls(
            isDefault: true, "activationLockBypassCode", "remoteAssistanceSessionUrl", "remoteAssistanceSessionErrorDetails", "requireUserEnrollmentApproval",
            "iccid", "udid", "notes", "ethernetMacAddress", "enrollmentProfileName")
        .Add("physicalMemoryInBytes", WriteZero);

    /// <summary>The field leaves this null on many a registered device.</summary>
    private static bool? IsRegistered(Guid? id)
    {
        if (id is not { } known) return null;
        Span<byte> bytes = stackalloc byte[16];
        known.TryWriteBytes(bytes);
        return (bytes[0] & 3) == 0 ? null : true;
    }

    private static void WriteNull(Utf8JsonWriter writer, in ManagedDeviceRow row) => writer.WriteNullValue();

    private static void WriteZero(Utf8JsonWriter writer, in ManagedDeviceRow row) => writer.WriteNumberValue(0);

    private static void WriteEmptyArray(Utf8JsonWriter writer)
    {
        writer.WriteStartArray();
        writer.WriteEndArray();
    }
}
