using IntuneExchangeConnector.Domain.Access;

namespace IntuneExchangeConnector.Domain.Policy;

/// <summary>
/// Which decisions rest on something that the tenant's lists do not hold. A list that lacks a row without saying so would lead to the same
/// decision, so these are believed less than the others.
/// </summary>
public static class Absence
{
    /// <summary>Whether a decision rests on a row of the tenant that was not found.</summary>
    /// <param name="reason">The decision's reason.</param>
    /// <returns>True when a missing row would lead to it.</returns>
    public static bool Explains(AccessReason reason) =>
        reason is AccessReason.NotEnrolled or AccessReason.UserConflict or AccessReason.UserNotFound or AccessReason.UserNotTargeted;
}
