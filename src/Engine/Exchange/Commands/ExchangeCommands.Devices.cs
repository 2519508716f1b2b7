using System;
using System.Linq;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Engine.Exchange.Commands;

/// <content>Commands for single devices.</content>
internal static partial class ExchangeCommands
{
    /// <summary>What is read of a mailbox's memory of a device, in the spellings of every version.</summary>
    internal static readonly string[] StatisticsProperties =
    [
        "Guid", "Identity", "DeviceID", "DeviceType", "LastSuccessSync", "LastSyncAttemptTime", "Status", "DeviceWipeStatus", "DevicePolicyApplied",
        "DevicePolicyApplicationStatus", "NumberOfFoldersSynced", "IsRemoteWipeSupported", "DeviceWipeRequestTime", "DeviceWipeSentTime", "DeviceWipeAckTime",
        "LastDeviceWipeRequestor", "AccountOnlyDeviceWipeRequestTime", "AccountOnlyDeviceWipeSentTime", "AccountOnlyDeviceWipeAckTime",
        "LastAccountOnlyDeviceWipeRequestor",
    ];

    /// <summary>Reads one partnership.</summary>
    public static ExchangeCommand Device(ExchangeVocabulary vocabulary, Guid id) =>
        new(vocabulary.OneDevice, Read(("Identity", id.ToString())), vocabulary.Cut(DeviceProperties));

    /// <summary>Reads what one mailbox remembers of its devices.</summary>
    public static ExchangeCommand Statistics(ExchangeVocabulary vocabulary, Guid mailbox) =>
        new(vocabulary.Statistics, Read(("Mailbox", mailbox.ToString())), vocabulary.Cut(StatisticsProperties));

    /// <summary>Asks for a wipe of one device, or takes the request back.</summary>
    public static ExchangeCommand Clear(ExchangeVocabulary vocabulary, Guid partnership, DeviceWipeOrder order)
    {
        var cmdlet = vocabulary.ClearDevice(order);
        var parameters = Write(vocabulary, cmdlet);
        parameters.Add("Identity", partnership.ToString());
        if (order.Cancel) parameters.Add("Cancel", true);
        if (order.AccountOnly) parameters.Add("AccountOnly", true);
        if (order.NotificationAddresses.Count > 0) parameters.Add("NotificationEmailAddresses", order.NotificationAddresses.ToArray());
        return new(cmdlet, parameters);
    }

    /// <summary>Ends one partnership.</summary>
    public static ExchangeCommand Remove(ExchangeVocabulary vocabulary, Guid partnership)
    {
        var cmdlet = vocabulary.RemoveDevice;
        var parameters = Write(vocabulary, cmdlet);
        parameters.Add("Identity", partnership.ToString());
        return new(cmdlet, parameters);
    }
}
