using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Organization;

namespace IntuneExchangeConnector.Engine.Exchange.Inspection;

/// <summary>What a session offers of the cmdlets that were asked for.</summary>
/// <param name="Parameters">Parameters by cmdlet; null where the session does not tell them.</param>
public sealed record ExchangeOffer(IReadOnlyDictionary<string, IReadOnlyCollection<string>?> Parameters)
{
    /// <summary>Whether a cmdlet is offered.</summary>
    /// <param name="cmdlet">Its name.</param>
    /// <returns>True where it is.</returns>
    public bool Has(string cmdlet) => Parameters.ContainsKey(cmdlet);
}

/// <summary>How many sessions an account may hold open.</summary>
/// <param name="Policy">Name of the throttling policy that says so.</param>
/// <param name="IsOwn">True for a policy that was given to the account; false for the organisation's or the global one.</param>
/// <param name="MaximumSessions">The number; null for no limit.</param>
public sealed record SessionAllowance(string Policy, bool IsOwn, int? MaximumSessions);

/// <summary>
/// An Exchange organisation as a check of prerequisites sees it: the first session, with everything that it lacks. Every failure is a
/// <see cref="Domain.Errors.ConnectorException"/>.
/// </summary>
public interface IExchangeInspection
{
    /// <summary>Name of the server, for people.</summary>
    string Server { get; }

    /// <summary>True for a session that the connector opens itself.</summary>
    bool IsOwn { get; }

    /// <summary>Opens the session where it is not open.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>How long it took; zero where it was open.</returns>
    Task<TimeSpan> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Asks what the session offers of the cmdlets that the connector knows.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The offer.</returns>
    Task<ExchangeOffer> ReadOfferAsync(CancellationToken cancellationToken);

    /// <summary>Asks for every Exchange cmdlet that the session offers.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Their names, sorted; without the shell's own.</returns>
    Task<IReadOnlyList<string>> ReadEverythingOfferedAsync(CancellationToken cancellationToken);

    /// <summary>Makes the session see the recipients of every domain; only for a session of the connector's own.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when the server confirmed.</returns>
    Task ViewEntireForestAsync(CancellationToken cancellationToken);

    /// <summary>Reads the organisation's servers.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The servers, by name.</returns>
    Task<IReadOnlyList<ExchangeServer>> ReadServersAsync(CancellationToken cancellationToken);

    /// <summary>Reads two mailboxes, or as many as the session sees.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Their addresses.</returns>
    Task<IReadOnlyList<string>> ReadSomeMailboxesAsync(CancellationToken cancellationToken);

    /// <summary>Reads how many sessions an account may hold open.</summary>
    /// <param name="account">The account.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The allowance; null where no policy tells.</returns>
    Task<SessionAllowance?> ReadAllowanceAsync(string account, CancellationToken cancellationToken);

    /// <summary>Reads which cmdlets a built-in role has on this organisation's version.</summary>
    /// <param name="role">The role.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Parameters by cmdlet.</returns>
    Task<IReadOnlyDictionary<string, IReadOnlyCollection<string>>> ReadRoleAsync(string role, CancellationToken cancellationToken);
}
