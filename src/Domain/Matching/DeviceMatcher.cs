using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Matching;

/// <summary>
/// Joins partnerships to managed devices by EAS id, compared without case; the user must agree. Where several managed devices of the
/// user carry the id, all of them count: the partnership is compliant only if every one is.
/// </summary>
public sealed class DeviceMatcher
{
    private readonly IReadOnlyList<ManagedDevice> _devices;
    private readonly Dictionary<string, int> _lastWithId;
    private readonly int[] _previousWithId;

    /// <summary>Indexes the managed devices that have an EAS id.</summary>
    /// <param name="devices">The tenant's managed devices, in any order.</param>
    public DeviceMatcher(IReadOnlyList<ManagedDevice> devices)
    {
        _devices = devices;
        _lastWithId = new(devices.Count, EasDeviceId.Comparer);
        _previousWithId = new int[devices.Count];
        for (var i = 0; i < _previousWithId.Length; i++)
        {
            _previousWithId[i] = -1;
            var id = devices[i].EasDeviceId.Value;
            if (id.Length == 0) continue;
#if NET
            if (_lastWithId.TryAdd(id, i)) continue;
#endif
            if (_lastWithId.TryGetValue(id, out var previous)) _previousWithId[i] = previous;
            _lastWithId[id] = i;
        }
    }

    /// <summary>Finds the managed devices behind a partnership.</summary>
    /// <param name="deviceId">The partnership's EAS id.</param>
    /// <param name="user">The tenant's user behind the mailbox; null when there is none.</param>
    /// <param name="anyUser">True to let a device of another user count when the user has none with the id.</param>
    /// <returns>The devices and how they were found.</returns>
    public DeviceMatch Find(EasDeviceId deviceId, TenantUser? user, bool anyUser)
    {
        if (deviceId.IsEmpty || !_lastWithId.TryGetValue(deviceId.Value, out var last)) return DeviceMatch.Nothing;
        if (_previousWithId[last] < 0) return Of(_devices[last], IsOwn(_devices[last], user) || anyUser);

        var all = new List<ManagedDevice>();
        for (var i = last; i >= 0; i = _previousWithId[i]) all.Add(_devices[i]);
        var own = all.FindAll(device => IsOwn(device, user));
        if (own.Count > 0) return Of(own, true);
        return Of(all, anyUser);
    }

    private static bool IsOwn(ManagedDevice device, TenantUser? user) => user is not null && device.UserId == user.Id;

    private static DeviceMatch Of(ManagedDevice device, bool matched) =>
        new(matched ? DeviceJoin.Matched : DeviceJoin.OtherUser, device, new One(device));

    private static DeviceMatch Of(List<ManagedDevice> devices, bool matched)
    {
        devices.Sort(NewestFirst);
        return new(matched ? DeviceJoin.Matched : DeviceJoin.OtherUser, devices[0], devices);
    }

    private static int NewestFirst(ManagedDevice left, ManagedDevice right)
    {
        var byTime = Nullable.Compare(right.LastSync, left.LastSync);
        return byTime != 0 ? byTime : string.CompareOrdinal(left.Id, right.Id);
    }

    // A list of one without an array behind it: nearly every match is one, and a run makes as many as there are phones.
    private sealed class One(ManagedDevice device) : IReadOnlyList<ManagedDevice>
    {
        public int Count => 1;

        public ManagedDevice this[int index] => index == 0 ? device : throw new ArgumentOutOfRangeException(nameof(index));

        public IEnumerator<ManagedDevice> GetEnumerator()
        {
            yield return device;
        }

        System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    }
}
