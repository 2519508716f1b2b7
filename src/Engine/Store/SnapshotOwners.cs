using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>Numbers the mailboxes of a snapshot that own a decided partnership, and puts the partnerships in their order.</summary>
internal sealed class SnapshotOwners
{
    private readonly Dictionary<Guid, int> _numbers = [];

    public SnapshotOwners(IReadOnlyList<DeviceAssessment> assessments)
    {
        var devices = new OwnedDevice[assessments.Count];
        for (var i = 0; i < devices.Length; i++) devices[i] = new OwnedDevice(assessments[i]);
        Array.Sort(devices, OwnedDevice.ByMailboxAndDevice);

        for (var i = 0; i < devices.Length; i++) devices[i].Owner = Number(devices[i].Assessment.Mailbox);
        Devices = devices;
    }

    /// <summary>The decided partnerships, ordered by mailbox, device id and Guid.</summary>
    public IReadOnlyList<OwnedDevice> Devices { get; }

    /// <summary>The mailboxes by their number; null stands for one that was not read.</summary>
    public List<Mailbox?> Mailboxes { get; } = [];

    private int Number(Mailbox? mailbox)
    {
        if (mailbox is not null && _numbers.TryGetValue(mailbox.Id, out var known)) return known;
        var number = Mailboxes.Count;
        Mailboxes.Add(mailbox);
        if (mailbox is not null) _numbers.Add(mailbox.Id, number);
        return number;
    }
}

/// <summary>A decided partnership with what it is ordered by.</summary>
internal sealed class OwnedDevice
{
    private readonly string _mailboxKey;

    public OwnedDevice(DeviceAssessment assessment)
    {
        Assessment = assessment;
        Mailbox = assessment.Mailbox is not { } mailbox ? assessment.Partnership.Identity
            : mailbox.PrimarySmtpAddress.Length > 0 ? mailbox.PrimarySmtpAddress
            : mailbox.Identity;
        _mailboxKey = StateText.Key(Mailbox);
        DeviceKey = StateText.Key(assessment.Partnership.DeviceId.Value);
    }

    public DeviceAssessment Assessment { get; }

    /// <summary>How the mailbox is named in output.</summary>
    public string Mailbox { get; }

    public string DeviceKey { get; }

    public int Owner { get; set; }

    public static int ByMailboxAndDevice(OwnedDevice left, OwnedDevice right)
    {
        var order = string.CompareOrdinal(left._mailboxKey, right._mailboxKey);
        if (order == 0) order = string.CompareOrdinal(left.DeviceKey, right.DeviceKey);
        return order != 0 ? order : left.Assessment.Partnership.Id.CompareTo(right.Assessment.Partnership.Id);
    }
}
