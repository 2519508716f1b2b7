namespace IntuneExchangeConnector.Domain.Access;

/// <summary>What the connector wants for one partnership.</summary>
public enum AccessDecision
{
    /// <summary>Exchange's own rules decide; the connector withdraws what it wrote.</summary>
    LeaveToExchange = 0,

    /// <summary>Mail flows.</summary>
    Allow = 1,

    /// <summary>Mail does not flow.</summary>
    Block = 2,
}

/// <summary>
/// Why. The order of the members is the order in which the rules are tried, but for the last ones: their numbers are stored, so what came later stands at
/// the end. <see cref="UserNotFound"/> and <see cref="UserAmbiguous"/> belong to the rule of <see cref="UserNotTargeted"/> and are tried just before it.
/// </summary>
public enum AccessReason
{
    /// <summary>The access policy is switched off.</summary>
    PolicyDisabled = 1,

    /// <summary>The user is in no included group.</summary>
    UserNotTargeted = 2,

    /// <summary>The user is in an excluded group.</summary>
    UserExempt = 3,

    /// <summary>The user has none of the policy's service plans.</summary>
    UserNotLicensed = 4,

    /// <summary>Outlook's cloud service: conditional access in Entra decides.</summary>
    GovernedElsewhere = 5,

    /// <summary>No managed device has this EAS id.</summary>
    NotEnrolled = 6,

    /// <summary>A managed device has this EAS id and belongs to another user.</summary>
    UserConflict = 7,

    /// <summary>The managed device's EAS id is not activated, and the policy asks for it.</summary>
    NotActivated = 8,

    /// <summary>The managed device is not compliant.</summary>
    NotCompliant = 9,

    /// <summary>Compliant, and a device rule of Exchange comes first.</summary>
    DeviceRule = 10,

    /// <summary>Compliant.</summary>
    Compliant = 11,

    /// <summary>Compliant, and the policy leaves compliant devices to the default level.</summary>
    DefaultRule = 12,

    /// <summary>The mailbox that should own the partnership was not read, so nothing can be written.</summary>
    MailboxNotFound = 13,

    /// <summary>An entry of ours whose partnership has been gone for long enough.</summary>
    PartnershipGone = 14,

    /// <summary>No user of the tenant carries a name of the mailbox, so that no group can name its owner.</summary>
    UserNotFound = 15,

    /// <summary>Several users of the tenant carry the name by which the mailbox would be joined: none is taken.</summary>
    UserAmbiguous = 16,
}

/// <summary>What stands against a decision.</summary>
public enum AccessConflict
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>An administrator's own entry says otherwise; it is left alone.</summary>
    HeldByAdministrator = 1,

    /// <summary>The device presented no id, so that no list can name it, and Exchange lets it in.</summary>
    DeviceIdMissing = 2,
}
