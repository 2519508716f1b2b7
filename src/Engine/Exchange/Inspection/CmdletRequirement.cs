using System;
using System.Collections.Generic;
using System.Linq;

namespace IntuneExchangeConnector.Engine.Exchange.Inspection;

/// <summary>A cmdlet that the connector uses, under every name that it has had.</summary>
/// <param name="Variants">One for each name, the newer one first; either will do.</param>
/// <param name="Role">The management role that gives it.</param>
/// <param name="Level">How much depends on it.</param>
/// <param name="Purpose">What for, for people.</param>
internal sealed record CmdletRequirement(IReadOnlyList<CmdletVariant> Variants, string Role, CmdletLevel Level, string Purpose)
{
    /// <summary>Its names, the newer one first.</summary>
    public IReadOnlyList<string> Names => [.. Variants.Select(static variant => variant.Name)];

    /// <summary>Every parameter that may travel with it, under either name, sorted.</summary>
    public IReadOnlyList<string> Parameters =>
        [.. Variants.SelectMany(static variant => variant.Parameters).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(static name => name, StringComparer.Ordinal)];

    /// <summary>The variant of which a session offers most.</summary>
    /// <param name="offer">What the session offers.</param>
    /// <returns>The variant; null where it offers none.</returns>
    public CmdletVariant? Offered(ExchangeOffer offer) => Variants
        .Where(variant => offer.Has(variant.Name))
        .OrderBy(variant => variant.Missing(offer, variant.Needed).Count)
        .ThenBy(variant => variant.Missing(offer, variant.Useful).Count)
        .FirstOrDefault();
}

/// <summary>A cmdlet by one of its names, with the parameters that it has under it.</summary>
/// <param name="Name">The name.</param>
/// <param name="Needed">Parameters that it is worth nothing without.</param>
/// <param name="Useful">Parameters that only some commands of the connector use.</param>
/// <param name="WhereOffered">Parameters that travel only where the session offers them.</param>
internal sealed record CmdletVariant(string Name, IReadOnlyList<string> Needed, IReadOnlyList<string> Useful, IReadOnlyList<string> WhereOffered)
{
    /// <summary>Every parameter that may travel with it.</summary>
    public IEnumerable<string> Parameters => Needed.Concat(Useful).Concat(WhereOffered);

    /// <summary>Parameters that a session does not offer.</summary>
    /// <param name="offer">What the session offers; the cmdlet is among it.</param>
    /// <param name="parameters">The parameters.</param>
    /// <returns>Those that are missing; none where the session does not tell parameters.</returns>
    public IReadOnlyList<string> Missing(ExchangeOffer offer, IEnumerable<string> parameters) =>
        offer.Parameters[Name] is { } offered ? [.. parameters.Where(parameter => !offered.Contains(parameter, StringComparer.OrdinalIgnoreCase))] : [];
}

/// <summary>How much depends on a cmdlet.</summary>
internal enum CmdletLevel
{
    /// <summary>No sync runs without it.</summary>
    Sync,

    /// <summary>No sync runs without it in a session that the connector opens itself.</summary>
    OwnSession,

    /// <summary>Some commands of the connector do not work without it.</summary>
    Command,

    /// <summary>Everything works without it, only slower.</summary>
    Speed,
}
