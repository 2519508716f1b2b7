using System;
using System.Collections.Generic;
using System.Linq;

namespace IntuneExchangeConnector.Engine.Exchange.Inspection;

/// <summary>A cmdlet that the connector uses, under every name that it has had.</summary>
/// <param name="Names">Its names, the newer one first; either will do.</param>
/// <param name="Role">The management role that gives it.</param>
/// <param name="Needed">Parameters that it is worth nothing without.</param>
/// <param name="Useful">Parameters that only some commands of the connector use.</param>
/// <param name="WhereOffered">Parameters that travel only where the session offers them.</param>
/// <param name="Level">How much depends on it.</param>
/// <param name="Purpose">What for, for people.</param>
internal sealed record CmdletRequirement(
    IReadOnlyList<string> Names, string Role, IReadOnlyList<string> Needed, IReadOnlyList<string> Useful, IReadOnlyList<string> WhereOffered, CmdletLevel Level, string Purpose)
{
    /// <summary>Every parameter that may travel with it.</summary>
    public IEnumerable<string> Parameters => Needed.Concat(Useful).Concat(WhereOffered);

    /// <summary>The name under which a session offers most of it.</summary>
    /// <param name="offer">What the session offers.</param>
    /// <returns>The name; null where it offers none.</returns>
    public string? OfferedName(ExchangeOffer offer) =>
        Names.Where(offer.Has).OrderBy(name => Missing(offer, name, Needed).Count()).ThenBy(name => Missing(offer, name, Useful).Count()).FirstOrDefault();

    /// <summary>Parameters that a session does not offer.</summary>
    /// <param name="offer">What the session offers.</param>
    /// <param name="name">The cmdlet, by the name that it offers.</param>
    /// <param name="parameters">The parameters.</param>
    /// <returns>Those that are missing; none where the session does not tell parameters.</returns>
    public static IEnumerable<string> Missing(ExchangeOffer offer, string name, IEnumerable<string> parameters) =>
        offer.Parameters[name] is { } offered ? parameters.Where(parameter => !offered.Contains(parameter, StringComparer.OrdinalIgnoreCase)) : [];
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
