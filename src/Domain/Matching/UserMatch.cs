using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Matching;

/// <summary>By which name a mailbox and a user of the tenant were joined.</summary>
public enum UserJoin
{
    /// <summary>No user of the tenant carries any of the mailbox's names.</summary>
    None = 0,

    /// <summary>On-premises distinguished name.</summary>
    DistinguishedName = 1,

    /// <summary>The object's Guid in <c>onPremisesImmutableId</c>.</summary>
    ObjectGuid = 2,

    /// <summary>SAM account name with its domain.</summary>
    SamAccountName = 3,

    /// <summary>An SMTP proxy address.</summary>
    SmtpAddress = 4,

    /// <summary>User principal name.</summary>
    UserPrincipalName = 5,

    /// <summary>Several users carry the name by which they would be joined: none is taken.</summary>
    Ambiguous = 6,
}

/// <summary>The tenant's user behind a mailbox.</summary>
/// <param name="User">The user; null when none or several were found.</param>
/// <param name="Join">How it was found, or why not.</param>
public readonly record struct UserMatch(TenantUser? User, UserJoin Join);
