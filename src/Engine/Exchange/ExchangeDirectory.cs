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
using IntuneExchangeConnector.Engine.Exchange.Lanes;
using IntuneExchangeConnector.Engine.Exchange.Reading;
using IntuneExchangeConnector.Engine.Exchange.Servers;
using IntuneExchangeConnector.Engine.Exchange.Sessions;

namespace IntuneExchangeConnector.Engine.Exchange;

/// <summary>
/// An Exchange organisation behind one or several sessions: those that a caller lends, or those that the connector opens on the server that
/// answers. Commands go to the sessions in turn, one at a time to each.
/// </summary>
internal sealed partial class ExchangeDirectory : IExchangeDirectory
{
    private readonly IReadOnlyList<IExchangeSession> _lent;
    private readonly RunNotes _notes;
    private readonly LanePool _lanes;
    private readonly LaneOpener? _opener;
    private readonly ExchangeDispatcher _dispatcher;
    private readonly TimeProvider _time;
    private ExchangeOrganization? _organization;
    private int _commandsSent;

    /// <summary>Works over sessions that a caller lends; nothing is sent yet.</summary>
    /// <param name="lent">The sessions, at least one.</param>
    /// <param name="time">The clock.</param>
    /// <param name="console">Told of what happens on the way; null for nobody.</param>
    public ExchangeDirectory(IReadOnlyList<IExchangeSession> lent, TimeProvider time, ISyncConsole? console = null)
    {
        _lent = lent;
        _time = time;
        _notes = new RunNotes(console, time);
        MaximumLanes = lent.Count;
        var width = new LaneWidth(lent.Count, lent.Count, _notes);
        _lanes = new LanePool(width, null, static _ => true);
        _dispatcher = new ExchangeDispatcher(_lanes, width, null, null, new SessionLosses(), _notes, time);
    }

    /// <summary>Works over sessions of its own; nothing is opened yet.</summary>
    /// <param name="create">Makes the session with a server, not open yet.</param>
    /// <param name="roster">The servers.</param>
    /// <param name="maximumLanes">How many sessions may work at once, at most.</param>
    /// <param name="time">The clock.</param>
    /// <param name="console">Told of what happens on the way; null for nobody.</param>
    public ExchangeDirectory(Func<string, IExchangeSession> create, ServerRoster roster, int maximumLanes, TimeProvider time, ISyncConsole? console = null)
    {
        _lent = [];
        _time = time;
        _notes = new RunNotes(console, time);
        MaximumLanes = maximumLanes;
        var width = new LaneWidth(1, maximumLanes, _notes);
        SessionLosses losses = new();
        _opener = new LaneOpener(create, roster, losses, _notes, time, CountOne);
        _lanes = new LanePool(width, _opener.OpenAsync, lane => !roster.HasFailed(lane.Server) && string.Equals(roster.InUse, lane.Server, StringComparison.OrdinalIgnoreCase));
        _dispatcher = new ExchangeDispatcher(_lanes, width, _opener, roster, losses, _notes, time);
    }

    /// <inheritdoc/>
    public int CommandsSent => Volatile.Read(ref _commandsSent);

    /// <inheritdoc/>
    public IReadOnlyList<RunNote> Notes => _notes.All;

    /// <inheritdoc/>
    public int MaximumLanes { get; }

    /// <summary>Number of sessions in use.</summary>
    internal int Lanes => _lanes.Count;

    private ExchangeDispatcher Dispatcher => _organization is null ? throw new InvalidOperationException("The directory is not connected.") : _dispatcher;

    /// <inheritdoc/>
    public async Task<ExchangeOrganization> ConnectAsync(CancellationToken cancellationToken)
    {
        try
        {
            _organization = _opener is null
                ? await ConnectLentAsync(cancellationToken).ConfigureAwait(false)
                : await ConnectOwnAsync(_opener, cancellationToken).ConfigureAwait(false);
            return _organization;
        }
        catch (ExchangeFaultException exception)
        {
            throw ExchangeErrors.Of(exception, null);
        }
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
        await _lanes.DisposeAsync().ConfigureAwait(false);
        var closing = new List<Task>(_lent.Count);
        foreach (var session in _lent) closing.Add(session.DisposeAsync().AsTask());
        await Task.WhenAll(closing).ConfigureAwait(false);
        if (_looked is not null) await _looked.DisposeAsync().ConfigureAwait(false);
        _opener?.Dispose();
    }

    private async Task<ExchangeOrganization> ConnectOwnAsync(LaneOpener opener, CancellationToken cancellationToken)
    {
        _lanes.Add(await opener.OpenAsync(cancellationToken).ConfigureAwait(false));
        return opener.Organization!;
    }

    private async Task<ExchangeOrganization> ConnectLentAsync(CancellationToken cancellationToken)
    {
        var connecting = new Task<ExchangeOrganization>[_lent.Count];
        for (var i = 0; i < connecting.Length; i++) connecting[i] = ConnectLentAsync(_lent[i], cancellationToken);
        var organizations = await Task.WhenAll(connecting).ConfigureAwait(false);
        foreach (var other in organizations)
        {
            if (string.Equals(other.DistinguishedName, organizations[0].DistinguishedName, StringComparison.OrdinalIgnoreCase)) continue;
            throw ExchangeErrors.SessionInvalid(other.Server, $"The session with {other.Server} belongs to another organisation than the one with {organizations[0].Server}.");
        }

        return organizations[0];
    }

    private async Task<ExchangeOrganization> ConnectLentAsync(IExchangeSession session, CancellationToken cancellationToken)
    {
        var lane = new ExchangeLane(session, CountOne);
        var organization = await _dispatcher.ConnectAsync(lane, cancellationToken).ConfigureAwait(false);
        _lanes.Add(lane);
        return organization;
    }

    private void CountOne() => Interlocked.Increment(ref _commandsSent);

    // What decides for everybody is known whole or not at all.
    private static IReadOnlyList<T> Whole<T>(BulkAttempt<T> read, string target)
    {
        if (read.Sent.Errors.Count > 0) throw ExchangeErrors.OfCommand(read.Sent.Errors[0], read.Sent.Cmdlet, target, read.Sent.Server);
        return read.Unreadable.Count == 0
            ? read.Rows
            : throw ExchangeErrors.AnswerInvalid(target, $"{read.Sent.Cmdlet} returned {read.Unreadable[0].Identity}, which cannot be read: {read.Unreadable[0].Cause}");
    }
}
