using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Domain.Access;

/// <summary>The step of Exchange's evaluation that decides.</summary>
public enum ExchangeAccessStep
{
    /// <summary>EAS is switched off for the mailbox.</summary>
    ActiveSyncDisabled,

    /// <summary>The id is in the mailbox's blocked list.</summary>
    PersonalBlock,

    /// <summary>The id is in the mailbox's allowed list.</summary>
    PersonalAllow,

    /// <summary>A device access rule matches.</summary>
    DeviceRule,

    /// <summary>Nothing else decided.</summary>
    DefaultLevel,
}

/// <summary>What Exchange gives a device, and by which step.</summary>
/// <param name="Level">The level.</param>
/// <param name="Step">The step that decided.</param>
/// <param name="Rule">The rule, where one decided.</param>
public readonly record struct ExchangeVerdict(ExchangeAccessLevel Level, ExchangeAccessStep Step, DeviceAccessRule? Rule)
{
    /// <summary>True when mail flows.</summary>
    public bool LetsIn => Level == ExchangeAccessLevel.Allow;
}

/// <summary>
/// Exchange's own allow / block / quarantine evaluation, which it repeats at every request of a device:
/// <code>
///   EAS off for the mailbox ─► Block
///   id in the blocked list  ─► Block          a personal block beats a personal allow
///   id in the allowed list  ─► Allow          and that beats every rule
///   a device access rule    ─► its level      the strictest of those that match
///   otherwise               ─► the default access level
/// </code>
/// Two things that Exchange also looks at are left out on purpose. An unmet mailbox policy blocks before the lists are read, and
/// autoblock blocks for a time: both are states of the device that pass, and a plan must not build on them.
/// </summary>
public static class ExchangeAccessModel
{
    /// <summary>Evaluates one device.</summary>
    /// <param name="partnership">The device; its stored access state plays no part.</param>
    /// <param name="activeSyncEnabled">Whether EAS is on for the mailbox.</param>
    /// <param name="blocked">Whether the id is in the mailbox's blocked list.</param>
    /// <param name="allowed">Whether the id is in the mailbox's allowed list.</param>
    /// <param name="rules">The organisation's rules.</param>
    /// <param name="defaultLevel">The organisation's default access level.</param>
    /// <returns>The level and the step that gave it.</returns>
    public static ExchangeVerdict Evaluate(
        EasPartnership partnership,
        bool activeSyncEnabled,
        bool blocked,
        bool allowed,
        AccessRuleSet rules,
        ExchangeAccessLevel defaultLevel)
    {
        if (!activeSyncEnabled) return new(ExchangeAccessLevel.Block, ExchangeAccessStep.ActiveSyncDisabled, null);
        if (blocked) return new(ExchangeAccessLevel.Block, ExchangeAccessStep.PersonalBlock, null);
        if (allowed) return new(ExchangeAccessLevel.Allow, ExchangeAccessStep.PersonalAllow, null);
        if (rules.Find(partnership) is { } rule) return new(rule.AccessLevel, ExchangeAccessStep.DeviceRule, rule);
        return new(defaultLevel, ExchangeAccessStep.DefaultLevel, null);
    }

    /// <summary>True when the state that Exchange shows passes by itself and is therefore neither repaired nor claimed.</summary>
    /// <param name="partnership">The device as read.</param>
    /// <returns>True for discovery, a mailbox move and autoblock.</returns>
    public static bool IsTransient(EasPartnership partnership) =>
        partnership.AccessState == ExchangeAccessState.DeviceDiscovery
        || partnership.AccessReason is ExchangeAccessReason.Upgrade or ExchangeAccessReason.Other;
}
