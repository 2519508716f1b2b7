using System;
using System.Collections;
using System.Collections.Generic;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>A device as the directory has it.</summary>
internal readonly record struct DirectoryDeviceRow(SandboxManagedDevice Device, bool IsManaged, bool IsEnabled);

/// <summary>The registered devices of a world: those that Intune manages, then those that it managed once.</summary>
internal sealed class DirectoryDevices(SandboxWorld world) : IReadOnlyList<SandboxManagedDevice>
{
    public static GraphShape<DirectoryDeviceRow> Shape { get; } = new GraphShape<DirectoryDeviceRow>("microsoft.graph.device", isIntune: false)
        .Text("id", row => DirectoryIds.OfDevice(row.Device.AzureAdDeviceId!.Value).ToString())
        .Flag("accountEnabled", row => row.IsEnabled)
        .Text("deviceId", row => row.Device.AzureAdDeviceId.ToString())
        .Text("displayName", row => row.Device.DeviceName)
        .Flag("isCompliant", row => row.IsManaged ? row.Device.IsCompliant : null)
        .Flag("isManaged", row => row.IsManaged)
        .Text("operatingSystem", row => row.Device.OperatingSystem)
        .Text("operatingSystemVersion", row => row.Device.OsVersion)
        .Text("trustType", _ => "Workplace")
        .Text("model", row => row.Device.Model, isDefault: false)
        .Text("manufacturer", row => row.Device.Manufacturer, isDefault: false);

    public int Count => world.ManagedDevices.Count + world.UnmanagedDevices.Count;

    public SandboxManagedDevice this[int index] =>
        index < world.ManagedDevices.Count ? world.ManagedDevices[index] : world.UnmanagedDevices[index - world.ManagedDevices.Count];

    public static bool IsThere(SandboxWorld world, SandboxManagedDevice device) => device.AzureAdDeviceId is { } id && !world.DeletedDevices.Contains(id);

    public static DirectoryDeviceRow Row(SandboxWorld world, SandboxManagedDevice device, bool isManaged) =>
        new(device, isManaged, !world.DisabledDevices.Contains(device.AzureAdDeviceId!.Value));

    public IEnumerator<SandboxManagedDevice> GetEnumerator()
    {
        foreach (SandboxManagedDevice device in world.ManagedDevices) yield return device;
        foreach (SandboxManagedDevice device in world.UnmanagedDevices) yield return device;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
