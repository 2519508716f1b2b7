using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>One partnership with everything that was found and decided about it.</summary>
public sealed class DeviceAssessment
{
    internal DeviceAssessment(EasPartnership partnership, Mailbox? mailbox, UserMatch owner, DeviceMatch device)
    {
        Partnership = partnership;
        Mailbox = mailbox;
        Owner = owner.User;
        OwnerJoin = owner.Join;
        Device = device.Shown;
        DeviceJoin = device.Join;
    }

    /// <summary>The partnership.</summary>
    public EasPartnership Partnership { get; }

    /// <summary>Its mailbox; null when it was not read.</summary>
    public Mailbox? Mailbox { get; }

    /// <summary>The tenant's user behind the mailbox; null when none was found.</summary>
    public TenantUser? Owner { get; }

    /// <summary>How the user was found, or why not.</summary>
    public UserJoin OwnerJoin { get; }

    /// <summary>The managed device behind it; null when none was found.</summary>
    public ManagedDevice? Device { get; }

    /// <summary>How the managed device was found, or why not.</summary>
    public DeviceJoin DeviceJoin { get; }

    /// <summary>The decision for this partnership alone.</summary>
    public AccessDecision Decision { get; internal set; }

    /// <summary>Its reason.</summary>
    public AccessReason Reason { get; internal set; }

    /// <summary>What stands against it.</summary>
    public AccessConflict Conflict { get; internal set; }

    /// <summary>The decision for every partnership of the mailbox with this id: a list entry cannot tell them apart, and any Block wins.</summary>
    public AccessDecision CombinedDecision { get; internal set; }

    /// <summary>True when its entries stay as they are, because the decision rests on an absence while rows of the tenant could not be read.</summary>
    public bool IsWithheld { get; internal set; }

    /// <summary>True when the plan takes mail away from it.</summary>
    public bool LosesAccess { get; internal set; }
}
