using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Matching;

/// <summary>How a partnership and the tenant's managed devices were joined.</summary>
public enum DeviceJoin
{
    /// <summary>No managed device has the partnership's EAS id.</summary>
    None = 0,

    /// <summary>One or several have it and belong to the mailbox's user.</summary>
    Matched = 1,

    /// <summary>One or several have it, and none of them belongs to the mailbox's user.</summary>
    OtherUser = 2,
}

/// <summary>The managed devices behind a partnership.</summary>
/// <param name="Join">How they were found.</param>
/// <param name="Shown">The one that is shown: newest check-in, then smallest id; null when none.</param>
/// <param name="Candidates">All that count; empty when none.</param>
public readonly record struct DeviceMatch(DeviceJoin Join, ManagedDevice? Shown, IReadOnlyList<ManagedDevice> Candidates)
{
    /// <summary>Nothing found.</summary>
    public static DeviceMatch Nothing => new(DeviceJoin.None, null, []);
}
