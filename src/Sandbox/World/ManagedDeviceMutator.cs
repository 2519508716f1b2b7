using System;

namespace IntuneExchangeConnector.Sandbox.World;

internal static class ManagedDeviceMutator
{
    public static void Apply(SandboxWorld world, WorldMutation mutation, Func<Guid, int> userIndex)
    {
        switch (mutation)
        {
            case ManagedDeviceAdded added:
                world.ManagedDevices.Add(new SandboxManagedDevice
                {
                    Id = added.Device,
                    UserIndex = added.User is { } user ? userIndex(user) : -1,
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
                });
                break;
            case ManagedDeviceRemoved removed:
                world.ManagedDevices.RemoveAll(device => device.Id == removed.Device);
                break;
            case ManagedDeviceChanged changed when world.ManagedDevices.Find(device => device.Id == changed.Device) is { } device:
                device.ComplianceState = changed.ComplianceState ?? device.ComplianceState;
                device.EasDeviceId = Change.Text(device.EasDeviceId, changed.EasDeviceId);
                device.ManagementState = changed.ManagementState ?? device.ManagementState;
                device.LastSyncDateTime = changed.LastSync ?? device.LastSyncDateTime;
                if (changed.EasActivated is { } activated && activated != device.EasActivated)
                {
                    device.EasActivated = activated;
                    device.EasActivationDateTime = activated ? changed.At : null;
                }

                break;
        }
    }
}
