using System;
using IntuneExchangeConnector.Domain.Access;

namespace IntuneExchangeConnector.Domain.Configuration;

/// <summary>A device access rule as Exchange has it and as it is wanted, side by side.</summary>
public sealed record ConnectorAccessRule
{
    /// <summary>Name of the connector.</summary>
    public string Connector { get; init; } = string.Empty;

    /// <summary>What the rule looks at; Unknown for a characteristic that the connector reads and does not make.</summary>
    public required RuleCharacteristic Characteristic { get; init; }

    /// <summary>The text it looks for, whole.</summary>
    public required string QueryString { get; init; }

    /// <summary>The level that Exchange had at the last complete read; null where the rule did not exist.</summary>
    public ExchangeAccessLevel? AccessLevel { get; init; }

    /// <summary>The wanted level; null where nobody looks after the rule.</summary>
    public ExchangeAccessLevel? WantedLevel { get; init; }

    /// <summary>Where it stands.</summary>
    public required ConfigurationState State { get; init; }

    /// <summary>Who made it.</summary>
    public required ConfigurationOwner Owner { get; init; }

    /// <summary>The rule's Guid in Exchange; null where it did not exist.</summary>
    public Guid? RuleId { get; init; }

    /// <summary>When Exchange was last read completely, UTC; null when it never was.</summary>
    public DateTimeOffset? AsOf { get; init; }
}
