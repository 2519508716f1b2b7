using System;
using IntuneExchangeConnector.Domain.Access;

namespace IntuneExchangeConnector.Domain.Configuration;

/// <summary>A kind of object in the organisation's configuration.</summary>
public enum OwnedKind
{
    /// <summary>A device access rule.</summary>
    AccessRule = 1,

    /// <summary>An EAS mailbox policy.</summary>
    MailboxPolicy = 2,
}

/// <summary>
/// A rule or policy that this connector created. Only such an object is ever removed; what existed before and was merely looked after is let go.
/// </summary>
public sealed record OwnedObject
{
    /// <summary>What it is.</summary>
    public required OwnedKind Kind { get; init; }

    /// <summary>A policy's name, or a rule's <see cref="RuleName"/>.</summary>
    public required string Name { get; init; }

    /// <summary>Its Guid; null where Exchange did not tell it when it was created.</summary>
    public Guid? Id { get; init; }

    /// <summary>When it was created, UTC.</summary>
    public required DateTimeOffset WrittenAt { get; init; }

    /// <summary>The run that created it.</summary>
    public required Guid RunId { get; init; }

    /// <summary>
    /// What tells a rule from every other: characteristic and text. The name that Exchange forms of them differs from version to version.
    /// </summary>
    /// <param name="characteristic">What the rule looks at.</param>
    /// <param name="queryString">The text it looks for.</param>
    /// <returns>Both in one text.</returns>
    public static string RuleName(RuleCharacteristic characteristic, string queryString) => characteristic + ":" + queryString;

    /// <summary>Whether this is the object that was created, and not one that took its place.</summary>
    /// <param name="kind">A kind.</param>
    /// <param name="name">A name.</param>
    /// <param name="id">A Guid.</param>
    /// <returns>True when all agree; letter case apart.</returns>
    public bool Is(OwnedKind kind, string name, Guid id) =>
        Kind == kind && (Id is null || Id == id) && string.Equals(Name, name, StringComparison.OrdinalIgnoreCase);
}
