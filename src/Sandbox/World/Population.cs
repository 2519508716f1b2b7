using System;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>Everybody else: mailboxes in the shares of an old organisation, until the partnerships are used up.</summary>
internal sealed class Population
{
    private static readonly string[] s_cities = ["Staff/Milan", "Staff/Turin", "Staff/Munich", "Staff/Lyon", "Staff/Leeds", "Plants/Kraków", "Plants/Porto", "Users"];

    private readonly WorldBuilder _builder;
    private readonly SandboxWorld _world;
    private readonly WorldOptions _options;
    private SandboxPartnership? _lastPhone;

    private Population(WorldBuilder builder) => (_builder, _world, _options) = (builder, builder.World, builder.Options);

    public static void Settle(WorldBuilder builder)
    {
        var population = new Population(builder);
        for (int ordinal = 0; builder.World.Partnerships.Count < builder.Options.Partnerships; ordinal++) population.AddHousehold(ordinal);
    }

    private int Room => _options.Partnerships - _world.Partnerships.Count;

    private void AddHousehold(int ordinal)
    {
        // The stream of the mailbox itself belongs to the builder.
        var random = _builder.Random(EntityKind.Mailbox, -1 - ordinal);
        if (random.Chance(0.003))
        {
            AddSystemMailbox(ordinal, ref random);
            return;
        }

        int mailbox = _builder.AddPerson(RollPerson(ordinal, ref random));
        int count = Math.Min(RollCount(ref random), Room);
        for (int i = 0; i < count; i++) AddDevice(mailbox, i, ref random);
        if (count > 0 && Room > 0) AddOddities(mailbox, ref random);
        if (random.Chance(_options.AdministratorEntryShare)) AddAdministratorEntry(mailbox, ref random);
        if (random.Chance(0.15)) AddComputer(mailbox, ref random);
    }

    private Person RollPerson(int ordinal, ref EntityRandom random)
    {
        (string display, string alias) = PersonNames.At(ordinal, ref random);
        int kind = random.Below(1000);
        bool shared = kind < 20;
        return new Person(display, alias)
        {
            RecipientTypeDetails = shared ? "SharedMailbox" : kind < 28 ? "LinkedMailbox" : kind < 30 ? "LegacyMailbox" : "UserMailbox",
            HasTenantUser = !random.Chance(0.01),
            HasLicence = !random.Chance(_options.UnlicensedShare),
            AccountEnabled = !shared && !random.Chance(0.005),
            ActiveSyncEnabled = !random.Chance(0.015),
            Join = RollJoin(ref random),
            Container = random.Pick<string>(s_cities),
            MailboxPolicy = random.Below(100) switch { < 4 => WorldNames.ExecutivePolicy, 4 => WorldNames.DefaultPolicy, _ => null },
            Server = random.Fraction() switch { < 0.5 => WorldNames.FirstServer, < 0.85 => WorldNames.SecondServer, _ => WorldNames.ThirdServer },
        };
    }

    private JoinKeys RollJoin(ref EntityRandom random)
    {
        JoinKeys keys = random.Below(200) switch
        {
            < 4 => JoinKeys.All & ~JoinKeys.DistinguishedName,
            < 6 => JoinKeys.AccountName | JoinKeys.SmtpAddress | JoinKeys.UserPrincipalName,
            6 => JoinKeys.SmtpAddress | JoinKeys.UserPrincipalName,
            _ => JoinKeys.All,
        };
        return random.Chance(_options.DifferentUpnShare) ? keys & ~JoinKeys.UserPrincipalName : keys;
    }

    private static int RollCount(ref EntityRandom random)
    {
        int roll = random.Below(100);
        if (roll < 35) return 0;
        if (roll < 70) return 1;
        if (roll < 88) return 2;
        if (roll < 98) return 3 + random.Below(3);
        double u = random.Fraction();
        return 6 + (int)(u * u * u * u * 95);
    }

    private void AddDevice(int mailbox, int place, ref EntityRandom random)
    {
        DeviceTemplate template = DeviceCatalogue.Pick(ref random);
        // One service speaks for all of a user's Outlooks.
        if (template == DeviceCatalogue.OutlookService && HasOutlookService(mailbox)) template = DeviceCatalogue.OutlookApp;

        bool stale = random.Chance(place < 2 ? 0.2 : 0.8);
        string? borrowed = place == 0 && _lastPhone is not null && random.Chance(0.003) ? _lastPhone.DeviceId : null;
        SandboxPartnership partnership = _builder.AddPartnership(mailbox, template, borrowed, stale, random.Chance(0.004));
        RollState(partnership, ref random);
        if (borrowed is not null) return;
        if (template.Platform is not (DevicePlatform.Ios or DevicePlatform.Android)) return;
        _lastPhone = partnership;
        if (random.Chance(_options.EnrolledShare)) Enrol(partnership, template, stale, ref random);
    }

    private void Enrol(SandboxPartnership partnership, DeviceTemplate template, bool stale, ref EntityRandom random)
    {
        int owner = _world.Mailboxes[partnership.MailboxIndex].UserIndex;
        string? id = partnership.DeviceId;
        int roll = random.Below(1000);
        if (roll < 12) id = null;
        else if (roll < 24) id = id.ToLowerInvariant();
        else if (roll < 32) owner = random.Below(Math.Max(1, _world.Users.Count - 1));
        bool stranger = owner < 0;
        if (stranger && !random.Chance(0.3)) return;

        _builder.AddManagedDevice(owner, template, id, RollCompliance(ref random), stale: stale);
        if (roll is >= 32 and < 44) _builder.AddManagedDevice(owner, template, id, RollCompliance(ref random), stale: true);
    }

    private string RollCompliance(ref EntityRandom random)
    {
        bool failing = random.Chance(_options.NonCompliantShare);
        int roll = random.Below(1000);
        return failing
            ? roll switch { < 900 => "noncompliant", < 950 => "conflict", _ => "error" }
            : roll switch { < 20 => "inGracePeriod", < 26 => "unknown", < 29 => "configManager", _ => "compliant" };
    }

    private void RollState(SandboxPartnership partnership, ref EntityRandom random)
    {
        switch (random.Below(2000))
        {
            case < 4:
                (partnership.TransientState, partnership.TransientReason) = ("Blocked", random.Chance(0.5) ? "CommandFrequency" : "UserAgentsChanges");
                break;
            case < 6:
                (partnership.TransientState, partnership.TransientReason) = ("Quarantined", "Upgrade");
                break;
            case < 8:
                (partnership.TransientState, partnership.TransientReason) = ("DeviceDiscovery", "Unknown");
                partnership.DeviceModel = null;
                partnership.LastSuccessSync = _builder.Now - TimeSpan.FromMinutes(5);
                break;
            case < 14:
                partnership.PolicyNotMet = true;
                break;
        }
    }

    private void AddOddities(int mailbox, ref EntityRandom random)
    {
        int roll = random.Below(1000);
        if (roll < 8) _builder.AddPartnership(mailbox, DeviceCatalogue.OptionsOnly, neverSynced: true);
        else if (roll < 12)
        {
            SandboxPartnership twin = _world.PartnershipsOf(mailbox)[0];
            if (twin.DeviceType != "SAMSUNGSMG991B") _builder.AddPartnership(mailbox, DeviceCatalogue.SamsungPhone, twin.DeviceId);
        }
    }

    private void AddAdministratorEntry(int mailbox, ref EntityRandom random)
    {
        SandboxMailbox owner = _world.Mailboxes[mailbox];
        var list = random.Chance(0.6) ? owner.AllowedDeviceIds : owner.BlockedDeviceIds;
        ReadOnlySpan<SandboxPartnership> partnerships = _world.PartnershipsOf(mailbox);
        if (partnerships.Length == 0 || random.Chance(0.2)) list.Add(DeviceIds.Next(ref random, DeviceIdPattern.Apple));
        else
        {
            string id = partnerships[random.Below(partnerships.Length)].DeviceId;
            list.Add(random.Chance(0.1) ? id.ToLowerInvariant() : id);
        }
    }

    private void AddComputer(int mailbox, ref EntityRandom random)
    {
        int owner = _world.Mailboxes[mailbox].UserIndex;
        if (owner < 0) return;
        DeviceTemplate computer = DeviceCatalogue.Computers[random.Below(DeviceCatalogue.Computers.Count)];
        _builder.AddManagedDevice(owner, computer, null, RollCompliance(ref random), activated: false);
    }

    private void AddSystemMailbox(int ordinal, ref EntityRandom random)
    {
        string mark = random.NextText("", "0123456789abcdef", 13);
        int count = Math.Min(1 + random.Below(4), Room);
        (Person person, DeviceTemplate template) = (ordinal % 3) switch
        {
            0 => (new Person("HealthMailbox-" + mark, "HealthMailbox" + mark) { RecipientTypeDetails = "MonitoringMailbox", Container = WorldNames.MonitoringContainer }, DeviceCatalogue.Probe),
            1 => (new Person("extest_" + mark, "extest_" + mark), DeviceCatalogue.ConnectivityTest),
            _ => (new Person("CAS_{" + mark + "}", "CAS_{" + mark + "}"), DeviceCatalogue.ConnectivityTest),
        };
        int mailbox = _builder.AddPerson(person with { HasTenantUser = false });
        for (int i = 0; i < count; i++) _builder.AddPartnership(mailbox, template, stale: i > 0);
    }

    private bool HasOutlookService(int mailbox)
    {
        foreach (SandboxPartnership partnership in _world.PartnershipsOf(mailbox))
        {
            if (partnership.DeviceType == DeviceCatalogue.OutlookService.Type) return true;
        }

        return false;
    }
}
