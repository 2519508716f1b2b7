using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;

namespace IntuneExchangeConnector.Domain.Policy;

/// <summary>Everything that the decision on one partnership looks at.</summary>
/// <param name="Partnership">The device.</param>
/// <param name="Owner">The tenant's user behind the mailbox, and how it was found.</param>
/// <param name="Device">The managed device behind the partnership, and how it was found.</param>
/// <param name="UserIncluded">Whether the user is in an included group.</param>
/// <param name="UserExcluded">Whether the user is in an excluded group.</param>
/// <param name="RuleName">Name of the device access rule that matches; null for none.</param>
public readonly record struct AccessCase(
    EasPartnership Partnership,
    UserMatch Owner,
    DeviceMatch Device,
    bool UserIncluded,
    bool UserExcluded,
    string? RuleName)
{
    /// <summary>The users between whom the owner cannot be told; null where there is one, none, or nobody asks for an explanation.</summary>
    public UserRivals? Rivals { get; init; }
}
