using System;

namespace IntuneExchangeConnector.Domain.Configuration;

/// <summary>An EAS mailbox policy as Exchange has it.</summary>
public sealed record ExchangeMailboxPolicy
{
    /// <summary>The directory object's Guid.</summary>
    public required Guid Id { get; init; }

    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>Distinguished name; null where the server did not give one.</summary>
    public string? DistinguishedName { get; init; }

    /// <summary>True for the policy of every mailbox that has none of its own.</summary>
    public bool IsDefault { get; init; }

    /// <summary>Its settings, as far as they are known here.</summary>
    public required MailboxPolicySettings Settings { get; init; }

    /// <summary>Whether a mailbox's assignment, in whatever form the server tells it, means this policy.</summary>
    /// <param name="assigned">The assignment as read.</param>
    /// <returns>True when it does.</returns>
    public bool IsNamed(string? assigned) => assigned is not null
        && (string.Equals(assigned, Name, StringComparison.OrdinalIgnoreCase)
            || string.Equals(assigned, DistinguishedName, StringComparison.OrdinalIgnoreCase)
            || assigned.EndsWith("/" + Name, StringComparison.OrdinalIgnoreCase)
            || (Guid.TryParse(assigned, out var id) && id == Id));
}
