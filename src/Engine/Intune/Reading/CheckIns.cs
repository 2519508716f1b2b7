using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>From when on check-ins have to be asked for.</summary>
internal static class CheckIns
{
    // A check-in appears in the list some while after it happened.
    private static readonly TimeSpan s_overlap = TimeSpan.FromHours(1);

    /// <summary>The newest check-in, by Intune's clock; a device that claims to come from the future counts for nothing.</summary>
    /// <param name="devices">Devices that were read.</param>
    /// <param name="known">The newest check-in before them.</param>
    /// <param name="now">The instant, UTC.</param>
    public static DateTimeOffset? Newest(IEnumerable<ManagedDevice> devices, DateTimeOffset? known, DateTimeOffset now)
    {
        foreach (var device in devices)
        {
            if (device.LastSync is { } at && at <= now && !(at <= known)) known = at;
        }

        return known;
    }

    /// <summary>The instant after which check-ins may be unknown.</summary>
    /// <param name="checkpoint">The last read.</param>
    public static DateTimeOffset Since(TenantCheckpoint checkpoint)
    {
        var seen = checkpoint.NewestCheckIn is { } newest && newest < checkpoint.ReadAt ? newest : checkpoint.ReadAt;
        return seen - s_overlap;
    }
}
