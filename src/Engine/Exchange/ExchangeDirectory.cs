using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Reading;
using IntuneExchangeConnector.Engine.Exchange.Sessions;

namespace IntuneExchangeConnector.Engine.Exchange;

/// <summary>An Exchange organisation behind one or several sessions. Commands go to the sessions in turn, one at a time to each.</summary>
internal sealed partial class ExchangeDirectory : IExchangeDirectory
{
    private readonly IReadOnlyList<IExchangeSession> _sessions;
    private readonly TimeProvider _time;
    private ExchangeDispatcher? _dispatcher;
    private int _commandsSent;

    /// <summary>Creates the directory; nothing is opened yet.</summary>
    /// <param name="sessions">The sessions, at least one; the directory disposes of them.</param>
    /// <param name="time">The clock.</param>
    public ExchangeDirectory(IReadOnlyList<IExchangeSession> sessions, TimeProvider time)
    {
        _sessions = sessions;
        _time = time;
    }

    /// <inheritdoc/>
    public int CommandsSent => Volatile.Read(ref _commandsSent);

    /// <inheritdoc/>
    public IReadOnlyList<RunNote> Notes => [];

    /// <inheritdoc/>
    public int MaximumLanes => _sessions.Count;

    /// <summary>Number of sessions in use.</summary>
    internal int Lanes => Dispatcher.Lanes;

    private ExchangeDispatcher Dispatcher => _dispatcher ?? throw new InvalidOperationException("The directory is not connected.");

    /// <inheritdoc/>
    public async Task<ExchangeOrganization> ConnectAsync(CancellationToken cancellationToken)
    {
        ExchangeDispatcher dispatcher = new(_time);
        var organization = await dispatcher.ConnectAsync(LaneOf(_sessions[0]), static _ => { }, cancellationToken).ConfigureAwait(false);
        var others = new List<Task>();
        for (var i = 1; i < _sessions.Count; i++) others.Add(JoinAsync(dispatcher, _sessions[i], organization, cancellationToken));
        await Task.WhenAll(others).ConfigureAwait(false);
        _dispatcher = dispatcher;
        return organization;
    }

    /// <inheritdoc/>
    public async Task<ExchangeRead<EasPartnership>> ReadPartnershipsAsync(IProgress<int>? progress, CancellationToken cancellationToken) =>
        (await Dispatcher.ReadAsync(ExchangeCommands.Devices, PartnershipReader.Read, progress, cancellationToken).ConfigureAwait(false)).ToRead();

    /// <inheritdoc/>
    public async Task<ExchangeRead<Mailbox>> ReadMailboxesAsync(IProgress<int>? progress, CancellationToken cancellationToken) =>
        (await Dispatcher.ReadAsync(ExchangeCommands.Mailboxes, MailboxReader.Read, progress, cancellationToken).ConfigureAwait(false)).ToRead();

    /// <inheritdoc/>
    public async Task<OrganizationAccessSettings> ReadSettingsAsync(CancellationToken cancellationToken)
    {
        var read = await Dispatcher.ReadAsync(ExchangeCommands.Settings, static (row, _) => OrganizationReader.ReadSettings(row), null, cancellationToken).ConfigureAwait(false);
        var rows = Whole(read, read.Sent.Server);
        return rows.Count == 1 ? rows[0] : throw ExchangeErrors.AnswerInvalid(read.Sent.Server, $"{read.Sent.Cmdlet} returned {rows.Count} objects where there is one.");
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DeviceAccessRule>> ReadRulesAsync(CancellationToken cancellationToken)
    {
        var read = await Dispatcher.ReadAsync(ExchangeCommands.Rules, static (row, _) => OrganizationReader.ReadRule(row), null, cancellationToken).ConfigureAwait(false);
        return Whole(read, read.Sent.Server);
    }

    /// <inheritdoc/>
    public async Task<Mailbox?> ReadMailboxAsync(Guid id, string? domainController, CancellationToken cancellationToken)
    {
        var target = id.ToString();
        BulkAttempt<Mailbox> read;
        try
        {
            read = await Dispatcher.ReadAsync(offered => ExchangeCommands.Mailbox(offered, id, domainController), MailboxReader.Read, null, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectorException exception) when (exception.ErrorId == ErrorIds.ExchangeObjectNotFound)
        {
            return null;
        }

        if (read.Sent.Errors.Count > 0 && read.Sent.Errors[0].Kind == ExchangeFaultKind.NotFound) return null;
        var rows = Whole(read, target);
        if (rows.Count == 0) return null;
        return rows.Count == 1 && rows[0].Id == id
            ? rows[0]
            : throw ExchangeErrors.AnswerInvalid(target, $"{read.Sent.Cmdlet} was asked for one mailbox and returned {rows.Count}, or another one.");
    }

    /// <inheritdoc/>
    public Task WriteAsync(PlannedChange change, string? domainController, CancellationToken cancellationToken) => change.Size == 0
        ? Task.CompletedTask
        : Dispatcher.WriteAsync(offered => ExchangeCommands.Write(offered, change, domainController), change.Target, cancellationToken);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        var closing = new List<Task>(_sessions.Count);
        foreach (var session in _sessions) closing.Add(session.DisposeAsync().AsTask());
        await Task.WhenAll(closing).ConfigureAwait(false);
    }

    private async Task JoinAsync(ExchangeDispatcher dispatcher, IExchangeSession session, ExchangeOrganization organization, CancellationToken cancellationToken)
    {
        void Check(ExchangeOrganization other)
        {
            if (string.Equals(other.DistinguishedName, organization.DistinguishedName, StringComparison.OrdinalIgnoreCase)) return;
            throw ExchangeErrors.SessionInvalid(session.Server, $"The session with {session.Server} belongs to another organisation than the one with {organization.Server}.");
        }

        try
        {
            await dispatcher.ConnectAsync(LaneOf(session), Check, cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectorException exception) when (session.IsOwn && exception.ErrorId == ErrorIds.ExchangeThrottled)
        {
            // The account's sessions are used up: the ones that are open do the work.
            await session.DisposeAsync().ConfigureAwait(false);
        }
    }

    private ExchangeLane LaneOf(IExchangeSession session) => new(session, () => Interlocked.Increment(ref _commandsSent));

    // What decides for everybody is known whole or not at all.
    private static IReadOnlyList<T> Whole<T>(BulkAttempt<T> read, string target)
    {
        if (read.Sent.Errors.Count > 0) throw ExchangeErrors.OfCommand(read.Sent.Errors[0], read.Sent.Cmdlet, target, read.Sent.Server);
        return read.Unreadable.Count == 0
            ? read.Rows
            : throw ExchangeErrors.AnswerInvalid(target, $"{read.Sent.Cmdlet} returned {read.Unreadable[0].Identity}, which cannot be read: {read.Unreadable[0].Cause}");
    }
}
