using System;

namespace IntuneExchangeConnector.Sandbox.World;

internal static class ManagedDeviceMutator
{
    public static void Apply(SandboxWorld world, WorldMutation mutation, Func<Guid, int> userIndex, TenantChangeLog log)
    {
        switch (mutation)
        {
            case ManagedDeviceAdded added:
                Add(world, added, userIndex, log);
                break;
            case ManagedDeviceRemoved removed when world.ManagedDevices.FindIndex(device => device.Id == removed.Device) is >= 0 and int index:
                SandboxManagedDevice retired = world.ManagedDevices[index];
                world.ManagedDevices.RemoveAt(index);
                if (retired.AzureAdDeviceId is not { } left || world.DeletedDevices.Contains(left)) break;
                world.UnmanagedDevices.Add(retired);
                log.AddDevice(retired, TenantChangeKind.Changed, "isManaged", "isCompliant");
                break;
            case ManagedDeviceChanged changed when world.ManagedDevices.Find(device => device.Id == changed.Device) is { } device:
                Apply(world, device, changed, userIndex, log);
                break;
            case DirectoryDeviceChanged changed when FindRegistered(world, changed.Device) is { } device:
                if (changed.AccountEnabled ? world.DisabledDevices.Remove(changed.Device) : world.DisabledDevices.Add(changed.Device))
                    log.AddDevice(device, TenantChangeKind.Changed, "accountEnabled");
                break;
            case DirectoryDeviceRemoved removed when FindRegistered(world, removed.Device) is { } device:
                world.DeletedDevices.Add(removed.Device);
                world.UnmanagedDevices.RemoveAll(unmanaged => unmanaged.AzureAdDeviceId == removed.Device);
                log.AddDevice(device, TenantChangeKind.RemovedForGood);
                break;
        }
    }

    private static void Add(SandboxWorld world, ManagedDeviceAdded added, Func<Guid, int> userIndex, TenantChangeLog log)
    {
        Guid registered = added.AzureAdDeviceId ?? DirectoryIds.OfRegistration(added.Device);
        var device = new SandboxManagedDevice
        {
            Id = added.Device,
            UserIndex = added.User is { } user ? userIndex(user) : -1,
            AzureAdDeviceId = registered == Guid.Empty ? null : registered,
            OperatingSystem = added.OperatingSystem,
            DeviceName = added.DeviceName,
            ComplianceState = added.ComplianceState,
            EasDeviceId = Change.Text(null, added.EasDeviceId),
            EasActivated = added.EasActivated,
            EasActivationDateTime = added.EasActivated ? added.At : null,
            Model = added.Model,
            Manufacturer = added.Manufacturer,
            EnrolledDateTime = added.At,
            LastSyncDateTime = added.At,
        };
        world.ManagedDevices.Add(device);
        // A device that comes back registers again.
        world.DeletedDevices.Remove(registered);
        world.UnmanagedDevices.RemoveAll(unmanaged => unmanaged.AzureAdDeviceId == registered);
        log.AddDevice(device, TenantChangeKind.Changed, properties: null);
    }

    private static void Apply(SandboxWorld world, SandboxManagedDevice device, ManagedDeviceChanged changed, Func<Guid, int> userIndex, TenantChangeLog log)
    {
        bool? wasCompliant = device.IsCompliant;
        device.ComplianceState = changed.ComplianceState ?? device.ComplianceState;
        device.EasDeviceId = Change.Text(device.EasDeviceId, changed.EasDeviceId);
        device.ManagementState = changed.ManagementState ?? device.ManagementState;
        device.LastSyncDateTime = changed.LastSync ?? device.LastSyncDateTime;
        if (changed.User is { } user) device.UserIndex = user == Guid.Empty ? -1 : userIndex(user);
        if (changed.EasActivated is { } activated && activated != device.EasActivated)
        {
            device.EasActivated = activated;
            device.EasActivationDateTime = activated ? changed.At : null;
        }

        bool isTold = device.AzureAdDeviceId is { } registered && !world.DeletedDevices.Contains(registered);
        if (isTold && device.IsCompliant != wasCompliant) log.AddDevice(device, TenantChangeKind.Changed, "isCompliant");
    }

    private static SandboxManagedDevice? FindRegistered(SandboxWorld world, Guid deviceId) => world.DeletedDevices.Contains(deviceId)
        ? null
        : world.ManagedDevices.Find(device => device.AzureAdDeviceId == deviceId) ?? world.UnmanagedDevices.Find(device => device.AzureAdDeviceId == deviceId);
}
