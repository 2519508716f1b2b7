using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;

namespace IntuneExchangeConnector.Domain.Policy;

/// <summary>The default access level that the policy wants.</summary>
public enum WantedAccessLevel
{
    /// <summary>The connector leaves Exchange's own setting alone.</summary>
    Unmanaged = 0,

    /// <summary>Allow.</summary>
    Allow = 1,

    /// <summary>Block.</summary>
    Block = 2,

    /// <summary>Quarantine.</summary>
    Quarantine = 3,
}

/// <summary>What a device without a compliance policy counts as.</summary>
public enum MissingCompliancePolicy
{
    /// <summary>Compliant.</summary>
    Compliant = 0,

    /// <summary>Not compliant.</summary>
    NotCompliant = 1,
}

/// <summary>Which of the two comes first for a compliant device.</summary>
public enum DeviceRulePrecedence
{
    /// <summary>Compliance: the device is allowed, whatever a device rule says.</summary>
    ComplianceFirst = 0,

    /// <summary>The device rule: Exchange applies its level.</summary>
    RuleFirst = 1,
}

/// <summary>What a managed device of another user counts as.</summary>
public enum UserMismatch
{
    /// <summary>Not the mailbox's: blocked.</summary>
    Block = 0,

    /// <summary>The mailbox's all the same: a functional mailbox on a colleague's phone.</summary>
    Ignore = 1,
}

/// <summary>When a compliant device's id is written into the allowed list.</summary>
public enum AllowEntry
{
    /// <summary>Always, so that a later change of the default level locks nobody out.</summary>
    Always = 0,

    /// <summary>Only where Exchange would decide otherwise.</summary>
    WhenNeeded = 1,
}

/// <summary>What Outlook's cloud service gets.</summary>
public enum OutlookServiceAccess
{
    /// <summary>It is left to Exchange: conditional access in Entra decides.</summary>
    Leave = 0,

    /// <summary>It is decided like any other device, and so blocked unless enrolled.</summary>
    Block = 1,
}

/// <summary>
/// The access policy of a connector: whom it concerns and what their devices need. A new one is switched off with the override on,
/// so that nothing is written until an administrator says so.
/// </summary>
public sealed record AccessPolicy
{
    /// <summary>Service plan INTUNE_A, the licence that discovery always asked for.</summary>
    public static readonly Guid IntunePlan = new("c1ec4a95-1f05-45b3-a911-aa3fa01094f5");

    /// <summary>Name that stands for every user of the tenant where a group id is expected.</summary>
    public const string AllUsers = "AllUsers";

    private static readonly Dictionary<string, string> s_noNames = [];

    /// <summary>Name of the connector it belongs to, for people; empty for a policy on its own. Not a setting.</summary>
    public string Connector { get; init; } = string.Empty;

    /// <summary>The organisation settings that are looked after; they are kept beside the policy. Not a setting of its own.</summary>
    public WantedOrganizationSettings Organization { get; init; } = new();

    /// <summary>Names of groups by their ids, as the tenant told them last; for people. Not a setting.</summary>
    public IReadOnlyDictionary<string, string> GroupNames { get; init; } = s_noNames;

    /// <summary>Off: every device is left to Exchange and what the connector wrote is withdrawn.</summary>
    public bool Enabled { get; init; }

    /// <summary>Ids of the groups whose members are decided, or <see cref="AllUsers"/>.</summary>
    public IReadOnlyList<string> IncludedGroups { get; init; } = [];

    /// <summary>Ids of the groups whose members are not; exclusion beats inclusion.</summary>
    public IReadOnlyList<string> ExcludedGroups { get; init; } = [];

    /// <summary>On: compliant devices are allowed whatever the default level. Off: they are left to it.</summary>
    public bool OverrideDefaultRule { get; init; } = true;

    /// <summary>The organisation's default access level.</summary>
    public WantedAccessLevel DefaultAccessLevel { get; init; } = WantedAccessLevel.Unmanaged;

    /// <summary>On: an iOS or Android device must have its EAS id activated.</summary>
    public bool RequireEasActivation { get; init; }

    /// <summary>What compliance <c>unknown</c> and <c>configManager</c> count as.</summary>
    public MissingCompliancePolicy MissingCompliancePolicy { get; init; } = MissingCompliancePolicy.Compliant;

    /// <summary>Whether compliance or a device rule comes first.</summary>
    public DeviceRulePrecedence DeviceRulePrecedence { get; init; } = DeviceRulePrecedence.ComplianceFirst;

    /// <summary>What a managed device of another user counts as.</summary>
    public UserMismatch UserMismatch { get; init; } = UserMismatch.Block;

    /// <summary>When allow entries are written.</summary>
    public AllowEntry AllowEntry { get; init; } = AllowEntry.Always;

    /// <summary>On: an administrator's entry that contradicts a decision is replaced by the connector's.</summary>
    public bool OverrideAdministratorEntry { get; init; }

    /// <summary>On: users without one of <see cref="LicencePlans"/> are left to Exchange.</summary>
    public bool RequireLicence { get; init; } = true;

    /// <summary>Service plan ids of which one makes a user licensed.</summary>
    public IReadOnlyList<Guid> LicencePlans { get; init; } = [IntunePlan];

    /// <summary>What Outlook's cloud service gets.</summary>
    public OutlookServiceAccess OutlookService { get; init; } = OutlookServiceAccess.Leave;

    /// <summary>How long an entry of ours outlives its partnership.</summary>
    public TimeSpan LeftoverAfter { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Text of the notice to users, HTML; null for none.</summary>
    public string? NotificationContent { get; init; }

    /// <summary>Denials that a run may always make.</summary>
    public int FuseMinimum { get; init; } = 20;

    /// <summary>Denials that a run may make, in percent of the partnerships decided Allow or Block.</summary>
    public double FusePercent { get; init; } = 5;

    /// <summary>Denials that 24 hours may see.</summary>
    public int FuseDaily { get; init; } = 500;

    /// <summary>True when every user of the tenant is included.</summary>
    public bool IncludesEverybody
    {
        get
        {
            foreach (var group in IncludedGroups)
            {
                if (string.Equals(group, AllUsers, StringComparison.OrdinalIgnoreCase)) return true;
            }

            return false;
        }
    }

    /// <summary>A group as people know it.</summary>
    /// <param name="group">A group of the policy: an id, or <see cref="AllUsers"/>.</param>
    /// <returns>Its name with its id; the id alone where no name is known.</returns>
    public string NameOf(string group) => GroupNames.TryGetValue(group, out var name) ? $"{name} ({group})" : group;

    /// <summary>The default level that will stand after a run.</summary>
    /// <param name="current">The level that stands now.</param>
    /// <returns>The wanted level, or the current one where the connector leaves it alone.</returns>
    public ExchangeAccessLevel DefaultLevelAfter(ExchangeAccessLevel current) => DefaultAccessLevel switch
    {
        WantedAccessLevel.Allow => ExchangeAccessLevel.Allow,
        WantedAccessLevel.Block => ExchangeAccessLevel.Block,
        WantedAccessLevel.Quarantine => ExchangeAccessLevel.Quarantine,
        _ => current,
    };
}
