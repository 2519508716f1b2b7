using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>What happens to an organisation, its tenant and its connector between two runs, drawn from a seed.</summary>
internal sealed class OrganizationHistory(Simulator simulator, int seed)
{
    private readonly Random _random = new(seed);
    private readonly List<string> _told = [];
    private int _made;

    private SimulatedOrganization Organization => simulator.Organization;

    private SandboxWorld World => simulator.Organization.World;

    public void Step()
    {
        for (var i = _random.Next(4); i >= 0; i--) Change();
        if (_random.Next(4) == 0) simulator.Time.Advance(TimeSpan.FromDays(_random.Next(1, 9)));
    }

    /// <summary>A run of some kind, or one that dies, or none.</summary>
    public async Task RunAsync()
    {
        var draw = _random.Next(6);
        _told.Add("run " + draw);
        switch (draw)
        {
            case 0:
                break;
            case 1:
                await simulator.RunAsync(SyncKind.Full, force: true);
                break;
            case 2:
                try
                {
                    await simulator.RunAsync(new KillSwitch(_random.Next(40)), new SyncRequest { Kind = SyncKind.Quick, Force = true });
                }
                catch (KilledException)
                {
                    // What it had done is found by the next run.
                }

                break;
            default:
                await simulator.RunAsync(SyncKind.Quick, force: _random.Next(2) == 0);
                break;
        }
    }

    public override string ToString() => string.Join(", ", _told);

    private void Change()
    {
        var draw = _random.Next(15);
        _told.Add("change " + draw);
        switch (draw)
        {
            case 0:
                Device().ComplianceState = Pick("compliant", "noncompliant", "error");
                break;
            case 1:
                Device().EasDeviceId = _random.Next(3) == 0 ? null : Partnership().DeviceId.Value;
                break;
            case 2:
                World.ManagedDevices.Remove(Device());
                break;
            case 3:
                var user = User();
                user.HasIntuneLicence = !user.HasIntuneLicence;
                break;
            case 4:
                World.Groups[_random.Next(World.Groups.Count)].UserIndexes.Add(_random.Next(World.Users.Count));
                break;
            case 5:
                var group = World.Groups[_random.Next(World.Groups.Count)];
                if (group.UserIndexes.Count > 0) group.UserIndexes.RemoveAt(_random.Next(group.UserIndexes.Count));
                break;
            case 6:
                Organization.Partnerships.Remove(Partnership());
                break;
            case 7:
                Organization.Partnerships.Add(Partnership() with { Id = new Guid(seed, (short)++_made, 1, new byte[8]), DeviceId = new EasDeviceId("NEW" + _made), DeviceType = Pick("iPhone", "Android") });
                break;
            case 8:
                var other = Partnership();
                Organization.Partnerships.Add(other with { Id = new Guid(seed, (short)++_made, 2, new byte[8]), DeviceId = Partnership().DeviceId });
                break;
            case 9:
                var place = _random.Next(Organization.Partnerships.Count);
                Organization.Partnerships[place] = Organization.Partnerships[place] with { DeviceModel = "Model " + ++_made, DeviceType = Pick("iPhone", "OutlookService"), WhenChanged = simulator.Time.GetUtcNow() };
                break;
            case 10:
                var mailbox = Mailbox();
                Organization.Set(mailbox.Id, mailbox.AllowedDeviceIds.Append(Partnership().DeviceId.Value), mailbox.BlockedDeviceIds);
                break;
            case 11:
                var cleared = Mailbox();
                Organization.Set(cleared.Id, [], cleared.BlockedDeviceIds);
                break;
            case 12:
                Organization.DefaultLevel = Organization.DefaultLevel == ExchangeAccessLevel.Allow ? ExchangeAccessLevel.Quarantine : ExchangeAccessLevel.Allow;
                break;
            case 13:
                simulator.Policy = _random.Next(3) switch
                {
                    0 => simulator.Policy with { Enabled = !simulator.Policy.Enabled },
                    1 => simulator.Policy with { RequireEasActivation = !simulator.Policy.RequireEasActivation },
                    _ => simulator.Policy with { AllowEntry = simulator.Policy.AllowEntry == AllowEntry.Always ? AllowEntry.WhenNeeded : AllowEntry.Always },
                };
                break;
            default:
                Device().LastSyncDateTime = simulator.Time.GetUtcNow();
                break;
        }
    }

    private string Pick(params string[] words) => words[_random.Next(words.Length)];

    private SandboxManagedDevice Device() => World.ManagedDevices[_random.Next(World.ManagedDevices.Count)];

    private SandboxUser User() => World.Users[_random.Next(World.Users.Count)];

    private EasPartnership Partnership() => Organization.Partnerships[_random.Next(Organization.Partnerships.Count)];

    private Mailbox Mailbox()
    {
        var mailboxes = Organization.Mailboxes.OrderBy(static mailbox => mailbox.Id).ToList();
        return mailboxes[_random.Next(mailboxes.Count)];
    }
}
