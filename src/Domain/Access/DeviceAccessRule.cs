using System;

namespace IntuneExchangeConnector.Domain.Access;

/// <summary>A device access rule of the organisation. Exchange compares its text whole: no wildcards, no parts.</summary>
public sealed record DeviceAccessRule
{
    /// <summary>The directory object's Guid.</summary>
    public required Guid Id { get; init; }

    /// <summary>Name as Exchange formed it; never taken apart.</summary>
    public required string Name { get; init; }

    /// <summary>What the rule looks at.</summary>
    public required RuleCharacteristic Characteristic { get; init; }

    /// <summary>The text it looks for.</summary>
    public required string QueryString { get; init; }

    /// <summary>What it gives.</summary>
    public required ExchangeAccessLevel AccessLevel { get; init; }
}
