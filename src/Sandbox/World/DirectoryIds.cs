using System;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>Ids that the world derives instead of storing.</summary>
public static class DirectoryIds
{
    /// <summary>The id of the directory's object for a device, which is not the id that the device registered with.</summary>
    /// <param name="deviceId">What Intune calls azureADDeviceId, and the directory deviceId.</param>
    public static Guid OfDevice(Guid deviceId) => Mix(deviceId, 0x5A);

    /// <summary>The id that a device registers with where nobody names one.</summary>
    /// <param name="managedDevice">Intune's id of it.</param>
    public static Guid OfRegistration(Guid managedDevice) => Mix(managedDevice, 0x3C);

    private static Guid Mix(Guid id, byte mask)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes);
        // Bytes 6 to 8 hold the version and the variant.
        for (int i = 9; i < bytes.Length; i++) bytes[i] ^= mask;
        return new Guid(bytes);
    }
}
