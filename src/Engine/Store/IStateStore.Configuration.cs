using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>The organisation's configuration as the last complete read saw it.</summary>
public sealed record StoredConfiguration
{
    /// <summary>When rules and settings were read, UTC.</summary>
    public required DateTimeOffset AsOf { get; init; }

    /// <summary>The organisation's EAS settings.</summary>
    public required OrganizationAccessSettings Settings { get; init; }

    /// <summary>The device access rules.</summary>
    public required IReadOnlyList<DeviceAccessRule> Rules { get; init; }

    /// <summary>When mailbox policies were read, UTC; null when they never were.</summary>
    public DateTimeOffset? PoliciesAsOf { get; init; }

    /// <summary>The mailbox policies; null when they were never read.</summary>
    public IReadOnlyList<ExchangeMailboxPolicy>? Policies { get; init; }
}

/// <summary>What is remembered of the organisation's configuration.</summary>
public partial interface IStateStore
{
    /// <summary>Reads which rules and policies are ours.</summary>
    /// <returns>The objects.</returns>
    IReadOnlyList<OwnedObject> ReadOwned();

    /// <summary>Forgets objects of ours that a complete read did not find.</summary>
    /// <param name="gone">The objects as they were read from here.</param>
    void Forget(IReadOnlyList<OwnedObject> gone);

    /// <summary>What the last complete read saw of the organisation's configuration.</summary>
    /// <returns>The configuration; null before the first read.</returns>
    StoredConfiguration? ReadConfiguration();

    /// <summary>Texts of the last complete read that a device access rule may look for.</summary>
    /// <param name="characteristic">What the rule looks at.</param>
    /// <returns>The texts, sorted, each once.</returns>
    IReadOnlyList<string> ReadQueryStrings(RuleCharacteristic characteristic);
}
