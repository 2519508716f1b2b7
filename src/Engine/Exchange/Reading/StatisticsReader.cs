using System;
using System.IO;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Engine.Exchange.Reading;

/// <summary>Reads a row of <c>Get-MobileDeviceStatistics</c> or <c>Get-ActiveSyncDeviceStatistics</c>.</summary>
internal static class StatisticsReader
{
    /// <summary>Reads a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="pool">Shares texts between rows.</param>
    /// <returns>The statistics, without the mailbox's address.</returns>
    /// <exception cref="InvalidDataException">The row tells of no device.</exception>
    public static DeviceStatistics Read(ExchangeRow row, TextPool pool) => new()
    {
        // Property names are compared without case, so DeviceID and DeviceId are one.
        DeviceId = row.Text("DeviceID") ?? throw new InvalidDataException("DeviceID is missing."),
        DeviceType = pool.Share(row.Text("DeviceType")) ?? string.Empty,
        PartnershipId = Guid.TryParse(row.Text("Guid"), out var id) && id != Guid.Empty ? id : null,
        LastSuccessSync = row.Instant("LastSuccessSync"),
        LastSyncAttempt = row.Instant("LastSyncAttemptTime"),
        Status = pool.Share(row.Text("Status") ?? row.Text("DeviceWipeStatus")),
        PolicyStatus = pool.Share(row.Text("DevicePolicyApplicationStatus")),
        PolicyApplied = pool.Share(row.Text("DevicePolicyApplied")),
        NumberOfFolders = ExchangeRow.NumberOf(row.Value("NumberOfFoldersSynced")),
        IsRemoteWipeSupported = row.Flag("IsRemoteWipeSupported", otherwise: true),
        Wipe = WipeOf(row, "DeviceWipe", "LastDeviceWipeRequestor"),
        AccountOnlyWipe = WipeOf(row, "AccountOnlyDeviceWipe", "LastAccountOnlyDeviceWipeRequestor"),
    };

    private static WipeProgress WipeOf(ExchangeRow row, string kind, string requestor) => new()
    {
        RequestedAt = row.Instant(kind + "RequestTime"),
        SentAt = row.Instant(kind + "SentTime"),
        AcknowledgedAt = row.Instant(kind + "AckTime"),
        Requestor = row.Text(requestor),
    };
}
