using System;
using static IntuneExchangeConnector.Sandbox.World.DeviceCatalogue;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>
/// The well-known people of every world (<see cref="WorldNames"/>), one for each case that a connector must get right. They take
/// at most half of the partnerships, the common cases first: a world of ten has a few of them, one of 300 has them all.
/// </summary>
internal sealed class Cast
{
    private readonly WorldBuilder _builder;
    private readonly SandboxWorld _world;
    private readonly int _room;

    private Cast(WorldBuilder builder)
    {
        _builder = builder;
        _world = builder.World;
        _room = builder.Options.Partnerships / 2;
    }

    public static void Play(WorldBuilder builder)
    {
        var cast = new Cast(builder);
        cast.Everyday();
        cast.Lists();
        cast.Compliance();
        cast.Matching();
        cast.TransientStates();
        cast.Names();
        cast.SystemMailboxes();
        cast.Hundred();
        if (builder.Options.HostileText) HostileCast.Play(builder);
    }

    private void Everyday()
    {
        Enrolled(new("Jane Doe", WorldNames.Ordinary), ModernPhone);
        if (Room(1)) Partner(Enter(new("Pat Nguyen", WorldNames.NotEnrolled)), PixelPhone);
        Enrolled(new("Sam Rossi", WorldNames.NotCompliant), ModernPhone, "noncompliant");
        Enrolled(new("Ugo Serra", WorldNames.Unlicensed) { HasLicence = false }, ModernPhone);
        Enrolled(new("Vera Lang", WorldNames.Exempt), SamsungPhone, "noncompliant");
        Enrolled(new("Nils Aho", WorldNames.NotTargeted), ModernPhone, "noncompliant");
        Enrolled(new("Lena Vogel", WorldNames.DifferentUpn) { Join = JoinKeys.All & ~JoinKeys.UserPrincipalName }, ModernPhone);
        if (Room(3))
        {
            int mailbox = Enter(new("Maria Keller", WorldNames.SeveralDevices));
            foreach (DeviceTemplate template in (DeviceTemplate[])[ModernPhone, Tablet, SamsungPhone]) Manage(mailbox, Partner(mailbox, template).DeviceId, template);
        }

        if (Room(1)) Partner(Enter(new("Lobby Scanner", WorldNames.WithoutUser) { HasTenantUser = false }), PixelPhone);
        Enrolled(new("Karl Eder", WorldNames.ActiveSyncOff) { ActiveSyncEnabled = false }, ModernPhone);
        if (Room(1)) Partner(Enter(new("Olga Reyes", WorldNames.OutlookServiceUser)), OutlookService);
    }

    private void Lists()
    {
        if (Room(1))
        {
            int mailbox = Enter(new("Hugo Prinz", WorldNames.AdministratorAllow));
            _world.Mailboxes[mailbox].AllowedDeviceIds.Add(Partner(mailbox, SamsungPhone).DeviceId);
        }

        if (Enrolled(new("Rita Stone", WorldNames.AdministratorBlock), ModernPhone) is { } blocked)
            _world.Mailboxes[blocked.MailboxIndex].BlockedDeviceIds.Add(blocked.DeviceId);
        if (Enrolled(new("Otto Blum", WorldNames.BothLists), ModernPhone) is { } both)
        {
            _world.Mailboxes[both.MailboxIndex].AllowedDeviceIds.Add(both.DeviceId);
            _world.Mailboxes[both.MailboxIndex].BlockedDeviceIds.Add(both.DeviceId.ToLowerInvariant());
        }

        int leftover = Enter(new("Gina Moss", WorldNames.Leftover));
        var random = _builder.Random(EntityKind.Configuration, 1);
        _world.Mailboxes[leftover].AllowedDeviceIds.Add(DeviceIds.Next(ref random, DeviceIdPattern.Apple));
    }

    private void Compliance()
    {
        Enrolled(new("Greta Holm", WorldNames.InGracePeriod), ModernPhone, "inGracePeriod");
        Enrolled(new("Ulf Strand", WorldNames.UnknownCompliance), SamsungPhone, "unknown");
        Enrolled(new("Cora Mills", WorldNames.ConfigurationManager), PixelPhone, "configManager");
        Enrolled(new("Colin Frost", WorldNames.ComplianceConflict), ModernPhone, "conflict");
        Enrolled(new("Erik Dahl", WorldNames.ComplianceError), ModernPhone, "error");
    }

    private void Matching()
    {
        if (Room(1) && _world.Partnerships.Count > 0)
        {
            // The owner of this id is the first person of the cast.
            Partner(Enter(new("Reception Desk", WorldNames.SharedDevice) { RecipientTypeDetails = "SharedMailbox" }), ModernPhone, _world.Partnerships[0].DeviceId);
        }

        if (Room(2))
        {
            int mailbox = Enter(new("Tom Berg", WorldNames.TwoTypes));
            string id = Partner(mailbox, SamsungPhone).DeviceId;
            Partner(mailbox, SamsungPhone with { Type = "Android", UserAgent = "Android/13-EAS-2.0" }, id);
            Manage(mailbox, id, SamsungPhone);
        }

        if (Room(1))
        {
            int mailbox = Enter(new("Nora Finch", WorldNames.NotActivated));
            Manage(mailbox, Partner(mailbox, ModernPhone).DeviceId, ModernPhone, activated: false);
        }

        if (Room(1))
        {
            int mailbox = Enter(new("Cleo Hart", WorldNames.OtherCase));
            Manage(mailbox, Partner(mailbox, ModernPhone).DeviceId.ToLowerInvariant(), ModernPhone);
        }

        if (Room(1))
        {
            int mailbox = Enter(new("Dino Costa", WorldNames.TwoManagedDevices));
            string id = Partner(mailbox, ModernPhone).DeviceId;
            Manage(mailbox, id, ModernPhone).LastSyncDateTime = _builder.Now - TimeSpan.FromDays(40);
            Manage(mailbox, id, ModernPhone, "noncompliant");
        }

        if (Room(1))
        {
            int mailbox = Enter(new("Ewa Lis", WorldNames.WithoutEasId));
            Partner(mailbox, ModernPhone);
            Manage(mailbox, null, ModernPhone);
        }

        Enrolled(new("Gus Keane", WorldNames.JoinedByGuid) { Join = JoinKeys.All & ~JoinKeys.DistinguishedName }, ModernPhone);
        Enrolled(new("Sally Moreno", WorldNames.JoinedByAccountName) { Join = JoinKeys.AccountName | JoinKeys.SmtpAddress }, ModernPhone);
        Enrolled(new("Petra Lund", WorldNames.JoinedByAddress) { Join = JoinKeys.SmtpAddress }, ModernPhone);
        Enrolled(new("Uma Pratt", WorldNames.JoinedByUserPrincipalName) { Join = JoinKeys.UserPrincipalName }, ModernPhone);
    }

    private void TransientStates()
    {
        if (Enrolled(new("Andy Crane", WorldNames.AutoBlocked), ModernPhone) is { } auto) (auto.TransientState, auto.TransientReason) = ("Blocked", "CommandFrequency");
        if (Enrolled(new("Ulla Brandt", WorldNames.Upgrading), ModernPhone) is { } upgrade) (upgrade.TransientState, upgrade.TransientReason) = ("Quarantined", "Upgrade");
        if (Room(1))
        {
            SandboxPartnership fresh = Partner(Enter(new("Dora Wells", WorldNames.Discovering)), ModernPhone with { Model = null, Os = null, UserAgent = null }, firstSync: _builder.Now - TimeSpan.FromMinutes(6));
            (fresh.TransientState, fresh.TransientReason) = ("DeviceDiscovery", "Unknown");
        }

        if (Enrolled(new("Pia Olsen", WorldNames.PolicyNotMet) { MailboxPolicy = WorldNames.ExecutivePolicy }, ModernPhone) is { } unmet) unmet.PolicyNotMet = true;
        if (Room(1)) Partner(Enter(new("Nina Duarte", WorldNames.NeverSynced)), PixelPhone, neverSynced: true);
        Enrolled(new("Igor Pavlov", WorldNames.RuleBlocked), AgedPhone);
    }

    private void Names()
    {
        Enrolled(new("Müller, Jürgen \"JJ\" (Ext) \\ Werk+2", WorldNames.AwkwardName), ModernPhone);
        Enrolled(new("Sinéad O'Brien", WorldNames.Apostrophe), ModernPhone);
        Enrolled(new("山田 健太", WorldNames.OtherScript), Tablet);
    }

    private void SystemMailboxes()
    {
        if (Room(2))
        {
            int mailbox = Enter(new("HealthMailbox-EX1-001", WorldNames.HealthMailbox) { RecipientTypeDetails = "MonitoringMailbox", HasTenantUser = false, Container = WorldNames.MonitoringContainer });
            Partner(mailbox, Probe);
            Partner(mailbox, Probe);
        }

        if (Room(1)) Partner(Enter(new("extest_9a7f5c21b0d84", WorldNames.TestMailbox) { HasTenantUser = false }), ConnectivityTest);
        if (Room(1)) Partner(Enter(new("CAS_{2f6c1d7a9be04c53}", WorldNames.OldTestMailbox) { HasTenantUser = false, RecipientTypeDetails = "LegacyMailbox" }), ConnectivityTest);
    }

    private void Hundred()
    {
        if (!Room(100)) return;
        int mailbox = Enter(new("Holly Order", WorldNames.HundredDevices));
        for (int i = 0; i < 99; i++) _builder.AddPartnership(mailbox, i % 2 == 0 ? SamsungPhone : ModernPhone, stale: i > 3);
        Partner(mailbox, OptionsOnly);
    }

    private bool Room(int partnerships) => _world.Partnerships.Count + partnerships <= _room;

    private int Enter(in Person person) => _builder.AddPerson(person);

    private SandboxPartnership Partner(int mailbox, DeviceTemplate template, string? id = null, bool neverSynced = false, DateTimeOffset? firstSync = null) =>
        _builder.AddPartnership(mailbox, template, id, neverSynced: neverSynced, firstSync: firstSync);

    private SandboxManagedDevice Manage(int mailbox, string? easDeviceId, DeviceTemplate template, string state = "compliant", bool activated = true) =>
        _builder.AddManagedDevice(_world.Mailboxes[mailbox].UserIndex, template, easDeviceId, state, activated && easDeviceId is not null);

    private SandboxPartnership? Enrolled(in Person person, DeviceTemplate template, string state = "compliant")
    {
        if (!Room(1)) return null;
        int mailbox = Enter(person);
        SandboxPartnership partnership = Partner(mailbox, template);
        Manage(mailbox, partnership.DeviceId, template, state);
        return partnership;
    }
}
