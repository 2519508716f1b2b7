using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Builders;

/// <summary>A world that does what it is told: the lists, the default level, and the ledger kept as a run keeps it.</summary>
internal static class ModelOrganization
{
    /// <summary>The organisation after a plan. Notes are made before the writes, as a run makes them.</summary>
    public static PlanInput Apply(PlanInput input, SyncPlan plan)
    {
        var ledger = input.Ledger.Mailboxes.SelectMany(input.Ledger.Of).ToList();
        foreach (var note in plan.LedgerNotes) Note(ledger, note, input.Now);

        var mailboxes = input.Exchange.Mailboxes.ToDictionary(static mailbox => mailbox.Id);
        var settings = input.Exchange.Settings;
        var configuration = new ModelConfiguration(input, plan);
        foreach (var change in plan.Changes)
        {
            if (change is MailboxChange own)
            {
                var mailbox = mailboxes[own.MailboxId];
                mailboxes[own.MailboxId] = mailbox with
                {
                    MailboxPolicy = configuration.Assign(mailbox, own),
                    AllowedDeviceIds = Write(mailbox, EntryList.Allowed, mailbox.AllowedDeviceIds, own.AllowedAdd, own.AllowedRemove, ledger, input.Now),
                    BlockedDeviceIds = Write(mailbox, EntryList.Blocked, mailbox.BlockedDeviceIds, own.BlockedAdd, own.BlockedRemove, ledger, input.Now),
                };
            }
            else if (change is DefaultAccessLevelChange level)
            {
                Assert.Equal(settings.DefaultAccessLevel, level.From);
                settings = settings with { DefaultAccessLevel = level.To };
            }
            else if (change is OrganizationSettingsChange organization)
            {
                settings = ModelConfiguration.Write(settings, organization);
            }
            else
            {
                configuration.Write(change, mailboxes.Values);
            }
        }

        return input with
        {
            Exchange = input.Exchange with { Mailboxes = [.. input.Exchange.Mailboxes.Select(mailbox => mailboxes[mailbox.Id])], Settings = settings, Rules = configuration.Rules, Policies = configuration.Policies },
            Ledger = new Ledger(ledger),
            Owned = configuration.Owned,
        };
    }

    /// <summary>Exchange's evaluation, told anew from its documented order; <c>null</c> stands for a mailbox that was not read.</summary>
    public static bool LetsIn(PlanInput input, EasPartnership phone, Mailbox? mailbox)
    {
        if (mailbox is { ActiveSyncEnabled: false }) return false;
        if (mailbox is not null && Holds(mailbox.BlockedDeviceIds, phone.DeviceId)) return false;
        if (mailbox is not null && Holds(mailbox.AllowedDeviceIds, phone.DeviceId)) return true;
        var levels = input.Exchange.Rules.Where(rule => Matches(rule, phone)).Select(static rule => rule.AccessLevel).ToList();
        if (levels.Contains(ExchangeAccessLevel.Block)) return false;
        if (levels.Contains(ExchangeAccessLevel.Quarantine)) return false;
        if (levels.Contains(ExchangeAccessLevel.Allow)) return true;
        return input.Exchange.Settings.DefaultAccessLevel == ExchangeAccessLevel.Allow;
    }

    /// <summary>A mailbox by its Guid; null for a partnership whose mailbox was not read.</summary>
    public static Mailbox? MailboxOf(PlanInput input, DeviceAssessment device) =>
        input.Exchange.Mailboxes.SingleOrDefault(mailbox => mailbox.Id == device.Mailbox?.Id);

    public static bool Holds(IEnumerable<string> list, EasDeviceId id) => list.Any(entry => string.Equals(entry, id.Value, StringComparison.OrdinalIgnoreCase));

    private static bool Matches(DeviceAccessRule rule, EasPartnership phone)
    {
        var text = rule.Characteristic switch
        {
            RuleCharacteristic.DeviceType => phone.DeviceType,
            RuleCharacteristic.DeviceModel => phone.DeviceModel,
            RuleCharacteristic.DeviceOS => phone.DeviceOS,
            RuleCharacteristic.UserAgent => phone.UserAgent,
            _ => null,
        };
        return !string.IsNullOrEmpty(text) && string.Equals(text, rule.QueryString, StringComparison.OrdinalIgnoreCase);
    }

    private static void Note(List<LedgerEntry> ledger, LedgerNote note, DateTimeOffset now)
    {
        var place = ledger.IndexOf(note.Entry);
        Assert.True(place >= 0, "A note is about an entry that the ledger holds.");
        if (note.Finding == LedgerFinding.Gone) ledger.RemoveAt(place);
        else ledger[place] = note.Entry with { MissingSince = note.Finding == LedgerFinding.PartnershipMissing ? now : null };
    }

    // Exchange matches what it is to take out by the text it holds, so the model does too.
    private static List<string> Write(
        Mailbox mailbox, EntryList list, IReadOnlyList<string> before, IReadOnlyList<string> add, IReadOnlyList<string> remove, List<LedgerEntry> ledger, DateTimeOffset now)
    {
        var entries = before.ToList();
        foreach (var id in remove)
        {
            Assert.True(entries.Remove(id), $"{id} is taken out as Exchange spells it.");
            ledger.RemoveAll(entry => IsAbout(entry, id));
        }

        foreach (var id in add)
        {
            Assert.False(Holds(entries, new EasDeviceId(id)), $"{id} is added where it was not.");
            Assert.NotEmpty(id);
            entries.Add(id);
            Assert.DoesNotContain(ledger, entry => IsAbout(entry, id));
            ledger.Add(new LedgerEntry { MailboxId = mailbox.Id, DeviceId = new EasDeviceId(id), List = list, WrittenAt = now, RunId = Some.Run });
        }

        return entries;

        bool IsAbout(LedgerEntry entry, string id) => entry.MailboxId == mailbox.Id && entry.List == list && entry.DeviceId == new EasDeviceId(id);
    }
}
