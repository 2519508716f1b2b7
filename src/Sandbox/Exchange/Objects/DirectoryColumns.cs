using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.Exchange.Objects;

/// <summary>What every object from Active Directory ends with.</summary>
internal static class DirectoryColumns
{
    /// <summary>The facts of one object that the common properties are made of.</summary>
    public readonly record struct Facts(
        string Name,
        string DistinguishedName,
        string Identity,
        Guid Guid,
        string Category,
        string[] Classes,
        DateTimeOffset WhenCreated,
        DateTimeOffset WhenChanged,
        string OriginatingServer,
        string ExchangeVersion = "0.1 (8.0.535.0)");

    public static IEnumerable<Column<TRow>> Of<TRow>(Func<TRow, Facts> facts) =>
    [
        new("AdminDisplayName", static _ => string.Empty),
        new("ExchangeVersion", row => facts(row).ExchangeVersion),
        new("Name", row => facts(row).Name),
        new("DistinguishedName", row => facts(row).DistinguishedName),
        new("Identity", row => facts(row).Identity),
        new("Guid", row => facts(row).Guid),
        new("ObjectCategory", row => facts(row).Category),
        new("ObjectClass", row => EngineMembers.List(facts(row).Classes)),
        new("WhenChanged", row => facts(row).WhenChanged.LocalDateTime),
        new("WhenCreated", row => facts(row).WhenCreated.LocalDateTime),
        new("WhenChangedUTC", row => facts(row).WhenChanged.UtcDateTime),
        new("WhenCreatedUTC", row => facts(row).WhenCreated.UtcDateTime),
        new("OrganizationId", static _ => string.Empty),
        new("Id", row => facts(row).Identity),
        new("OriginatingServer", row => facts(row).OriginatingServer),
        new("IsValid", static _ => true),
        new("ObjectState", static _ => "Unchanged"),
    ];
}
