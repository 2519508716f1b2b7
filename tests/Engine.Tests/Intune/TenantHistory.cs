using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

/// <summary>Things that happen to a tenant, drawn from a seed. All of them are such as a real tenant tells of.</summary>
internal sealed class TenantHistory(SandboxTenant tenant, int seed)
{
    private readonly Random _random = new(seed);
    private readonly HashSet<Guid> _gone = [];
    private readonly List<string> _told = [];
    private int _made;

    public void Step(int changes)
    {
        for (var i = 0; i < changes; i++)
        {
            var change = Draw();
            _told.Add(change.ToString());
            tenant.Endpoint.State.Append(change);
        }
    }

    public override string ToString() => string.Join("; ", _told);

    private DateTimeOffset Now => tenant.Time.GetUtcNow();

    private WorldMutation Draw() => _random.Next(13) switch
    {
        0 => Flipped(Device(registered: true)),
        1 => new ManagedDeviceChanged(Device(registered: false)) { ComplianceState = Pick("compliant", "noncompliant"), LastSync = Now, At = Now },
        2 => new ManagedDeviceChanged(Device(registered: false)) { EasDeviceId = "NEWID" + _made++, LastSync = Now, At = Now },
        3 => new ManagedDeviceRemoved(Device(registered: false)) { At = Now },
        4 => new ManagedDeviceAdded(Next(), User(), "iOS", "phone " + _made, Pick("compliant", "noncompliant")) { EasDeviceId = "ADDED" + _made, EasActivated = true, At = Now },
        5 => new UserChanged(User()) { HasIntuneLicence = _random.Next(2) == 0, At = Now },
        6 => new UserChanged(User()) { Mail = $"renamed{_made++}@contoso.com", At = Now },
        7 => new UserRemoved(User()) { At = Now },
        8 => new UserAdded(Next(), $"new{_made}@contoso.com", "New " + _made) { Mail = $"new{_made}@contoso.com", HasIntuneLicence = true, At = Now },
        9 => new GroupChanged(Group()) { AddUsers = [User()], At = Now },
        10 => new GroupChanged(Group()) { RemoveUsers = [User()], At = Now },
        11 => new GroupChanged(tenant.Group(WorldNames.TargetGroup)) { AddGroups = [Group()], At = Now },
        _ => Gone(Entra()),
    };

    // Entra tells compliant from not; a shade of either moves nothing there, nor in what is decided.
    private ManagedDeviceChanged Flipped(Guid id)
    {
        var state = tenant.World.ManagedDevices.Single(device => device.Id == id).ComplianceState;
        return new(id) { ComplianceState = state is "compliant" or "inGracePeriod" ? "noncompliant" : "compliant", At = Now };
    }

    // Of a device without an object in Entra only check-ins tell.
    private DirectoryDeviceRemoved Gone(Guid entra)
    {
        _gone.Add(entra);
        return new DirectoryDeviceRemoved(entra) { At = Now };
    }

    private Guid Next() => new(seed, (short)++_made, 7, new byte[8]);

    private string Pick(params string[] words) => words[_random.Next(words.Length)];

    private Guid User() => tenant.World.Users[_random.Next(tenant.World.Users.Count)].Id;

    private Guid Group() => tenant.World.Groups[_random.Next(tenant.World.Groups.Count)].Id;

    private Guid Device(bool registered)
    {
        var devices = tenant.World.ManagedDevices.Where(device => !registered || (device.AzureAdDeviceId is { } entra && !_gone.Contains(entra))).ToList();
        return devices[_random.Next(devices.Count)].Id;
    }

    private Guid Entra() => tenant.World.ManagedDevices.Where(device => device.AzureAdDeviceId is not null).Select(device => device.AzureAdDeviceId!.Value).ElementAt(0);
}
