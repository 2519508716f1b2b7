using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Servers;
using IntuneExchangeConnector.Engine.Exchange.Sessions;
using Polly;

namespace IntuneExchangeConnector.Engine.Exchange.Lanes;

/// <summary>
/// Opens lanes over sessions of the connector's own, on the server in use or on the next one that answers. A server that does not open a
/// session is noted in the roster by the first who meets it; everybody else goes past it without trying.
/// </summary>
internal sealed class LaneOpener : IDisposable
{
    // What is refused at once may be a service that restarts; what let the time run out is not tried a second time.
    private static readonly TimeSpan s_quick = TimeSpan.FromSeconds(5);

    private readonly SemaphoreSlim _turn = new(1);
    private readonly Dictionary<string, ExchangeVocabulary> _vocabularies = new(StringComparer.OrdinalIgnoreCase);
    private readonly Func<string, IExchangeSession> _create;
    private readonly ServerRoster _roster;
    private readonly SessionLosses _losses;
    private readonly RunNotes _notes;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _retry;
    private readonly Action _onSent;
    private ExchangeOrganization? _organization;
    private ExchangeFaultException? _nobody;
    private int _inVain;

    public LaneOpener(Func<string, IExchangeSession> create, ServerRoster roster, SessionLosses losses, RunNotes notes, TimeProvider time, Action onSent)
    {
        _create = create;
        _roster = roster;
        _losses = losses;
        _notes = notes;
        _time = time;
        _retry = ExchangeRetry.ForReads(time, notes);
        _onSent = onSent;
    }

    /// <summary>What the first connection learned; null before it.</summary>
    public ExchangeOrganization? Organization => _organization;

    /// <summary>Opens a lane.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The lane, connected.</returns>
    /// <exception cref="ExchangeFaultException">No server gave a session.</exception>
    public async Task<ExchangeLane> OpenAsync(CancellationToken cancellationToken)
    {
        var began = _time.GetTimestamp();
        List<ExchangeFaultException> failures = [];

        // Further lanes on a server that works are opened side by side.
        if (_organization is not null && _roster.InUse is { } server && !_roster.HasFailed(server))
        {
            try
            {
                return await OpenOnAsync(server, cancellationToken).ConfigureAwait(false);
            }
            catch (ExchangeFaultException exception) when (IsOfServer(exception))
            {
                // With no other lane left, waiting may help.
                exception.CanRetry |= exception.Fault.Kind == ExchangeFaultKind.Throttled;
                if (exception.Fault.Kind == ExchangeFaultKind.Throttled) throw;
                Fail(server, exception);
                failures.Add(exception);
            }
        }

        var inVain = Volatile.Read(ref _inVain);
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            // What somebody else was told meanwhile would be said again.
            if (_inVain != inVain) throw Again(_nobody!);
            return await OpenOnAnyAsync(failures, began, cancellationToken).ConfigureAwait(false);
        }
        catch (ExchangeFaultException nobody) when (_inVain == inVain)
        {
            _nobody = nobody;
            _inVain++;
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Makes a session with the first server, to look at it before anything is demanded of it.</summary>
    /// <returns>The session, not open yet; whoever asked disposes of it.</returns>
    public IExchangeSession CreateFirst() => _create(_roster.First);

    /// <summary>Tries the first server again, and returns to it when it answers.</summary>
    /// <param name="cancellationToken">Ends the try.</param>
    /// <returns>A lane on it; null when it still fails.</returns>
    public async Task<ExchangeLane?> ReturnAsync(CancellationToken cancellationToken)
    {
        var first = _roster.First;
        try
        {
            var lane = await OpenOnAsync(first, cancellationToken).ConfigureAwait(false);
            Take(first);
            return lane;
        }
        catch (ExchangeFaultException exception)
        {
            _roster.Fail(first, exception.Fault.Text);
            return null;
        }
        catch (ConnectorException unfit)
        {
            // It answers and is not fit to work with, as one that lacks a cmdlet: the work stays where it is.
            _roster.Fail(first, unfit.Message);
            return null;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _turn.Dispose();

    private async Task<ExchangeLane> OpenOnAnyAsync(List<ExchangeFaultException> failures, long began, CancellationToken cancellationToken)
    {
        foreach (var server in _roster.Candidates())
        {
            if (failures.Exists(failed => string.Equals(failed.Server, server, StringComparison.OrdinalIgnoreCase))) continue;
            try
            {
                var lane = await OpenOnAsync(server, cancellationToken).ConfigureAwait(false);
                Take(server);
                return lane;
            }
            catch (ExchangeFaultException exception) when (IsOfServer(exception))
            {
                failures.Add(exception);
                if (exception.Fault.Kind == ExchangeFaultKind.Throttled) _notes.Add(RunNoteKind.Failover, $"{server} has no session left for this account.");
                else Fail(server, exception);
            }
        }

        throw Nobody(failures, _time.GetElapsedTime(began) < s_quick);
    }

    private async Task<ExchangeLane> OpenOnAsync(string server, CancellationToken cancellationToken)
    {
        var lane = new ExchangeLane(_create(server), _onSent, _losses);
        try
        {
            await _retry.ExecuteAsync(async token => await ConnectAsync(lane, server, token).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
            return lane;
        }
        catch
        {
            await lane.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    private async Task ConnectAsync(ExchangeLane lane, string server, CancellationToken cancellationToken)
    {
        try
        {
            if (Known(server) is { } vocabulary)
            {
                await lane.JoinAsync(vocabulary, cancellationToken).ConfigureAwait(false);
                return;
            }

            var organization = await lane.ConnectAsync(_organization is null, cancellationToken).ConfigureAwait(false);
            Check(organization);
            _organization ??= organization;
            _roster.Learn(organization.Servers);
            lock (_vocabularies) _vocabularies[server] = lane.Vocabulary;
        }
        catch (ExchangeFaultException exception)
        {
            // A session that does not open is the next server's turn; a command on an open one may succeed a moment later.
            exception.CanRetry = exception.Cmdlet is not null && exception.Fault.IsTransient;
            throw;
        }
    }

    private void Check(ExchangeOrganization organization)
    {
        if (_organization is null || string.Equals(_organization.DistinguishedName, organization.DistinguishedName, StringComparison.OrdinalIgnoreCase)) return;
        throw ExchangeErrors.SessionInvalid(organization.Server, $"{organization.Server} belongs to another organisation than {_organization.Server}.");
    }

    private void Fail(string server, ExchangeFaultException exception)
    {
        if (!_roster.HasFailed(server)) _notes.Add(RunNoteKind.Failover, $"{server} failed: {exception.Fault.Text}");
        _roster.Fail(server, exception.Fault.Text);
    }

    private void Take(string server)
    {
        var before = _roster.Use(server);
        if (before is not null) _notes.Add(RunNoteKind.Failover, $"The work goes on at {server}; it was at {before}.");
    }

    private ExchangeVocabulary? Known(string server)
    {
        lock (_vocabularies) return _vocabularies.TryGetValue(server, out var vocabulary) ? vocabulary : null;
    }

    // A refused password is refused everywhere, and a try at each server might lock the account.
    private static bool IsOfServer(ExchangeFaultException exception) =>
        exception.Fault.IsOfSession || exception.Fault.IsTransient;

    private static ExchangeFaultException Again(ExchangeFaultException nobody) => new(nobody.Fault, nobody)
    {
        Cmdlet = nobody.Cmdlet,
        Server = nobody.Server,
        CanRetry = nobody.CanRetry,
        Tried = nobody.Tried,
        NotTried = nobody.NotTried,
    };

    private ExchangeFaultException Nobody(List<ExchangeFaultException> failures, bool quick)
    {
        var first = failures[0];
        return new ExchangeFaultException(first.Fault, first)
        {
            Cmdlet = first.Cmdlet,
            Server = first.Server,
            CanRetry = quick || first.Fault.Kind == ExchangeFaultKind.Throttled,
            Tried = failures,
            NotTried = _roster.NotTried(),
        };
    }
}
