using System;
using System.Globalization;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>
/// Holds the list of managed devices against Intune's own count of them: a walk through a very large tenant has been seen to end early with
/// every sign of being whole. The count is made at intervals and may count what is never listed, so what it exceeded the list by at the last
/// believed read is taken for normal.
/// </summary>
public static class DeviceCountDoubt
{
    private const int Few = 20;

    /// <summary>Judges a read.</summary>
    /// <param name="listed">Managed devices that were listed.</param>
    /// <param name="excess">By how much the count exceeds them; null where there is no count.</param>
    /// <param name="normal">By how much it exceeded them at the last believed read; null before the first.</param>
    /// <returns>Null when the read may be believed; otherwise what is wrong, with the numbers.</returns>
    public static string? Of(int listed, int? excess, int? normal)
    {
        if (excess is not { } missing) return null;
        var unusual = missing - Math.Max(0, normal ?? 0);
        return unusual > Few && unusual * 20L > listed + missing
            ? string.Format(CultureInfo.InvariantCulture, "Intune counts {0} managed devices and listed {1}.", listed + missing, listed)
            : null;
    }
}
