using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>Numbers the mailboxes of a snapshot, and puts the decided partnerships in their order.</summary>
internal sealed class SnapshotOwners
{
    private readonly HashSet<int> _withDevice = [];

    /// <summary>Numbers them.</summary>
    /// <param name="assessments">The decided partnerships.</param>
    /// <param name="mailboxes">The mailboxes; those of the partnerships are taken along.</param>
    /// <param name="known">Numbers that mailboxes have already.</param>
    /// <param name="next">The first number that is free.</param>
    public SnapshotOwners(IReadOnlyList<DeviceAssessment> assessments, IEnumerable<Mailbox> mailboxes, IReadOnlyDictionary<Guid, int> known, int next)
    {
        var numbers = new Dictionary<Guid, int>();
        var named = Named(assessments, mailboxes);
        var numbered = new List<OwnedMailbox>(named.Count);
        foreach (var (key, mailbox) in named)
        {
            var number = known.TryGetValue(mailbox.Id, out var old) ? old : next++;
            numbers.Add(mailbox.Id, number);
            numbered.Add(new OwnedMailbox(number, key, mailbox));
        }

        Mailboxes = numbered;
        var devices = new OwnedDevice[assessments.Count];
        for (var i = 0; i < devices.Length; i++) devices[i] = new OwnedDevice(assessments[i]);
        Array.Sort(devices, OwnedDevice.ByMailboxAndDevice);
        foreach (var device in devices)
        {
            device.Owner = device.Assessment.Mailbox is { } mailbox ? numbers[mailbox.Id] : next++;
            _withDevice.Add(device.Owner);
        }

        Devices = devices;
    }

    /// <summary>The decided partnerships, ordered by mailbox, device id and Guid.</summary>
    public IReadOnlyList<OwnedDevice> Devices { get; }

    /// <summary>The mailboxes that were read, ordered by name.</summary>
    public IReadOnlyList<OwnedMailbox> Mailboxes { get; }

    /// <summary>Whether a mailbox owns a decided partnership.</summary>
    /// <param name="owner">Its number.</param>
    public bool HasDevice(int owner) => _withDevice.Contains(owner);

    private static List<(string Key, Mailbox Mailbox)> Named(IReadOnlyList<DeviceAssessment> assessments, IEnumerable<Mailbox> mailboxes)
    {
        var named = new List<(string Key, Mailbox Mailbox)>();
        var seen = new HashSet<Guid>();
        foreach (var mailbox in mailboxes) Add(mailbox);
        foreach (var assessment in assessments) Add(assessment.Mailbox);
        named.Sort(static (left, right) =>
        {
            var order = string.CompareOrdinal(left.Key, right.Key);
            return order != 0 ? order : left.Mailbox.Id.CompareTo(right.Mailbox.Id);
        });
        return named;

        void Add(Mailbox? mailbox)
        {
            if (mailbox is not null && seen.Add(mailbox.Id)) named.Add((StateText.Key(OwnedDevice.NameOf(mailbox)), mailbox));
        }
    }
}

/// <summary>A mailbox with its number in the snapshot.</summary>
/// <param name="Owner">The number.</param>
/// <param name="SortKey">What it is ordered by.</param>
/// <param name="Mailbox">The mailbox as it was read.</param>
internal readonly record struct OwnedMailbox(int Owner, string SortKey, Mailbox Mailbox);

/// <summary>A decided partnership with what it is ordered by.</summary>
internal sealed class OwnedDevice
{
    public OwnedDevice(DeviceAssessment assessment)
    {
        Assessment = assessment;
        Mailbox = assessment.Mailbox is { } mailbox ? NameOf(mailbox) : assessment.Partnership.Identity;
        MailboxKey = StateText.Key(Mailbox);
        DeviceKey = StateText.Key(assessment.Partnership.DeviceId.Value);
    }

    public DeviceAssessment Assessment { get; }

    /// <summary>How the mailbox is named in output.</summary>
    public string Mailbox { get; }

    public string MailboxKey { get; }

    public string DeviceKey { get; }

    public int Owner { get; set; }

    /// <summary>How a mailbox is named in output.</summary>
    public static string NameOf(Mailbox mailbox) => mailbox.PrimarySmtpAddress.Length > 0 ? mailbox.PrimarySmtpAddress : mailbox.Identity;

    public static int ByMailboxAndDevice(OwnedDevice left, OwnedDevice right)
    {
        var order = string.CompareOrdinal(left.MailboxKey, right.MailboxKey);
        if (order == 0) order = string.CompareOrdinal(left.DeviceKey, right.DeviceKey);
        return order != 0 ? order : left.Assessment.Partnership.Id.CompareTo(right.Assessment.Partnership.Id);
    }
}
