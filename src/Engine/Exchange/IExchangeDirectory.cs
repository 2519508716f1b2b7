using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Exchange;

/// <summary>What was learned of the organisation when a session was opened.</summary>
/// <param name="DistinguishedName">Distinguished name of the organisation container: the organisation's identity.</param>
/// <param name="Server">Name of the server that answered; for people.</param>
/// <param name="Servers">The organisation's servers.</param>
public sealed record ExchangeOrganization(string DistinguishedName, string Server, IReadOnlyList<ExchangeServer> Servers);

/// <summary>Rows of one bulk read.</summary>
/// <typeparam name="T">The row.</typeparam>
/// <param name="Rows">Rows that could be read.</param>
/// <param name="Unreadable">Rows that could not.</param>
/// <param name="Incomplete">Null when the end was seen; otherwise what the server said when it cut the answer.</param>
public sealed record ExchangeRead<T>(IReadOnlyList<T> Rows, IReadOnlyList<UnreadableRow> Unreadable, string? Incomplete);

/// <summary>
/// An Exchange organisation as the connector uses it: bulk reads, one re-read of a mailbox before its write, and writes. Every failure is a
/// <see cref="Domain.Errors.ConnectorException"/>. One implementation speaks PowerShell to a server; tests bring one of their own.
/// </summary>
public partial interface IExchangeDirectory : IAsyncDisposable
{
    /// <summary>Commands sent so far.</summary>
    int CommandsSent { get; }

    /// <summary>What happened on the way so far: servers that took over, changes of the number of sessions.</summary>
    IReadOnlyList<RunNote> Notes { get; }

    /// <summary>How many commands may be under way at once, at most; from 1.</summary>
    int MaximumLanes { get; }

    /// <summary>Opens what has to be opened, checks that every needed cmdlet is there, and identifies the organisation.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The organisation.</returns>
    Task<ExchangeOrganization> ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Reads every partnership.</summary>
    /// <param name="progress">Receives the number of rows read so far; may be null.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The rows.</returns>
    Task<ExchangeRead<EasPartnership>> ReadPartnershipsAsync(IProgress<int>? progress, CancellationToken cancellationToken);

    /// <summary>Reads every mailbox.</summary>
    /// <param name="progress">Receives the number of rows read so far; may be null.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The rows.</returns>
    Task<ExchangeRead<Mailbox>> ReadMailboxesAsync(IProgress<int>? progress, CancellationToken cancellationToken);

    /// <summary>Reads the organisation's EAS settings.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The settings.</returns>
    Task<OrganizationAccessSettings> ReadSettingsAsync(CancellationToken cancellationToken);

    /// <summary>Reads the device access rules.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The rules.</returns>
    Task<IReadOnlyList<DeviceAccessRule>> ReadRulesAsync(CancellationToken cancellationToken);

    /// <summary>Reads one mailbox anew.</summary>
    /// <param name="id">The mailbox.</param>
    /// <param name="domainController">Who is asked, so that a write which went there is seen; null for whom Exchange chooses.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The mailbox with the domain controller that answered; null when it does not exist any more.</returns>
    Task<Mailbox?> ReadMailboxAsync(Guid id, string? domainController, CancellationToken cancellationToken);

    /// <summary>Writes one change with one command; a mailbox's lists are added to and removed from, never assigned.</summary>
    /// <param name="change">The change.</param>
    /// <param name="domainController">Who takes it: the one that answered the read before it; null for whom Exchange chooses.</param>
    /// <param name="cancellationToken">Ends the wait; the write itself may still happen.</param>
    /// <returns>Completes when the server confirmed.</returns>
    Task WriteAsync(PlannedChange change, string? domainController, CancellationToken cancellationToken);
}
