using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>Numbers the mailboxes of a snapshot in their order, and puts the decided partnerships in theirs.</summary>
internal sealed class SnapshotOwners
{
    private readonly Dictionary<Guid, int> _numbers = [];
    private readonly HashSet<int> _withDevice = [];

    public SnapshotOwners(IReadOnlyList<DeviceAssessment> assessments, IReadOnlyList<Mailbox> mailboxes)
    {
        NumberMailboxes(assessments, mailboxes);
        var devices = new OwnedDevice[assessments.Count];
        for (var i = 0; i < devices.Length; i++) devices[i] = new OwnedDevice(assessments[i]);
        Array.Sort(devices, OwnedDevice.ByMailboxAndDevice);
        foreach (var device in devices)
        {
            if (device.Assessment.Mailbox is { } mailbox)
            {
                device.Owner = _numbers[mailbox.Id];
            }
            else
            {
                device.Owner = Mailboxes.Count;
                Mailboxes.Add(null);
            }

            _withDevice.Add(device.Owner);
        }

        Devices = devices;
    }

    /// <summary>The decided partnerships, ordered by mailbox, device id and Guid.</summary>
    public IReadOnlyList<OwnedDevice> Devices { get; }

    /// <summary>The mailboxes by their number; null stands for one that was not read.</summary>
    public List<Mailbox?> Mailboxes { get; } = [];

    /// <summary>Whether a mailbox owns a decided partnership.</summary>
    /// <param name="owner">Its number.</param>
    public bool HasDevice(int owner) => _withDevice.Contains(owner);

    private void NumberMailboxes(IReadOnlyList<DeviceAssessment> assessments, IReadOnlyList<Mailbox> mailboxes)
    {
        var named = new List<(string Key, Mailbox Mailbox)>(mailboxes.Count);
        var seen = new HashSet<Guid>();
        foreach (var mailbox in mailboxes) Add(mailbox);
        foreach (var assessment in assessments) Add(assessment.Mailbox);
        named.Sort(static (left, right) =>
        {
            var order = string.CompareOrdinal(left.Key, right.Key);
            return order != 0 ? order : left.Mailbox.Id.CompareTo(right.Mailbox.Id);
        });
        foreach (var (_, mailbox) in named)
        {
            _numbers.Add(mailbox.Id, Mailboxes.Count);
            Mailboxes.Add(mailbox);
        }

        void Add(Mailbox? mailbox)
        {
            if (mailbox is not null && seen.Add(mailbox.Id)) named.Add((StateText.Key(OwnedDevice.NameOf(mailbox)), mailbox));
        }
    }
}

/// <summary>A decided partnership with what it is ordered by.</summary>
internal sealed class OwnedDevice
{
    private readonly string _mailboxKey;

    public OwnedDevice(DeviceAssessment assessment)
    {
        Assessment = assessment;
        Mailbox = assessment.Mailbox is { } mailbox ? NameOf(mailbox) : assessment.Partnership.Identity;
        _mailboxKey = StateText.Key(Mailbox);
        DeviceKey = StateText.Key(assessment.Partnership.DeviceId.Value);
    }

    public DeviceAssessment Assessment { get; }

    /// <summary>How the mailbox is named in output.</summary>
    public string Mailbox { get; }

    public string DeviceKey { get; }

    public int Owner { get; set; }

    /// <summary>How a mailbox is named in output.</summary>
    public static string NameOf(Mailbox mailbox) => mailbox.PrimarySmtpAddress.Length > 0 ? mailbox.PrimarySmtpAddress : mailbox.Identity;

    public static int ByMailboxAndDevice(OwnedDevice left, OwnedDevice right)
    {
        var order = string.CompareOrdinal(left._mailboxKey, right._mailboxKey);
        if (order == 0) order = string.CompareOrdinal(left.DeviceKey, right.DeviceKey);
        return order != 0 ? order : left.Assessment.Partnership.Id.CompareTo(right.Assessment.Partnership.Id);
    }
}
