using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Reading;
using IntuneExchangeConnector.Engine.Exchange.Servers;
using IntuneExchangeConnector.Engine.Exchange.Sessions;

namespace IntuneExchangeConnector.Engine.Exchange.Lanes;

/// <summary>One session with what it offers: it runs one command at a time and counts each.</summary>
internal sealed class ExchangeLane : IAsyncDisposable
{
    private readonly IExchangeSession _session;
    private readonly Action _onSent;
    private readonly SessionLosses? _losses;
    private ExchangeFault? _silence;
    private bool _seesForest;

    public ExchangeLane(IExchangeSession session, Action onSent, SessionLosses? losses = null)
    {
        _session = session;
        _onSent = onSent;
        _losses = losses;
    }

    /// <summary>Name of the server, for people.</summary>
    public string Server => _session.Server;

    /// <summary>True when the session broke, or hangs, and nothing can open it again.</summary>
    public bool IsLost => _session.IsLost || (_silence is not null && !_session.IsOwn);

    /// <summary>True from when the session broke under a command, or could not be opened.</summary>
    public bool IsBroken { get; private set; }

    /// <summary>The sessions that had been lost when this one was opened.</summary>
    public int OpenedAfter { get; private set; }

    /// <summary>What the session offers; settled when it is connected.</summary>
    public ExchangeVocabulary Vocabulary { get; private set; } = new();

    /// <summary>Opens the session, checks what it offers, and reads the organisation.</summary>
    /// <param name="checkScope">Whether to make sure that the account sees more than itself.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The organisation.</returns>
    /// <exception cref="ConnectorException">The session lacks something, or is none of an Exchange server.</exception>
    public async Task<ExchangeOrganization> ConnectAsync(bool checkScope, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        Vocabulary = await LearnAsync(cancellationToken).ConfigureAwait(false);
        if (_session.IsOwn) await ViewEntireForestAsync(cancellationToken).ConfigureAwait(false);
        var organization = await ReadOrganizationAsync(cancellationToken).ConfigureAwait(false);
        if (checkScope) await CheckScopeAsync(cancellationToken).ConfigureAwait(false);
        return organization;
    }

    /// <summary>Opens the session beside others of the same account on the same server: it offers what they offer.</summary>
    /// <param name="vocabulary">What they offer.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when it is ready.</returns>
    public async Task JoinAsync(ExchangeVocabulary vocabulary, CancellationToken cancellationToken)
    {
        await OpenAsync(cancellationToken).ConfigureAwait(false);
        Vocabulary = vocabulary;
        await ViewEntireForestAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Sends a command, in a session opened anew where it stood idle for too long.</summary>
    /// <param name="command">Makes the command for what this session offers.</param>
    /// <param name="onRow">Receives each row.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    /// <returns>What it left beside its rows.</returns>
    public async Task<ExchangeReply> InvokeAsync(ExchangeCommand command, Action<PSObject> onRow, CancellationToken cancellationToken)
    {
        if (await OpenAsync(cancellationToken).ConfigureAwait(false) || (_session.IsOwn && !_seesForest))
        {
            await ViewEntireForestAsync(cancellationToken).ConfigureAwait(false);
        }

        return await SendAsync(command, onRow, cancellationToken).ConfigureAwait(false);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => _session.DisposeAsync();

    private async Task<bool> OpenAsync(CancellationToken cancellationToken)
    {
        var lost = _losses?.Counted ?? 0;
        try
        {
            if (!await _session.OpenAsync(cancellationToken).ConfigureAwait(false)) return false;
            OpenedAfter = lost;
            return true;
        }
        catch (ExchangeFaultException exception)
        {
            IsBroken = true;
            exception.Server = Server;
            throw;
        }
    }

    private async Task<ExchangeReply> SendAsync(ExchangeCommand command, Action<PSObject> onRow, CancellationToken cancellationToken)
    {
        // The command that hangs may hold the session for ever; another one would wait as long.
        if (_silence is not null) throw new ExchangeFaultException(_silence) { Cmdlet = command.Name, Server = Server };
        _onSent();
        try
        {
            return await _session.InvokeAsync(command, onRow, cancellationToken).ConfigureAwait(false);
        }
        catch (ExchangeFaultException exception)
        {
            IsBroken |= exception.Fault.IsOfSession;
            if (exception.Fault.Kind == ExchangeFaultKind.Silent) _silence = exception.Fault;
            (exception.Cmdlet, exception.Server) = (command.Name, Server);
            throw;
        }
        catch (OperationCanceledException)
        {
            // A command that was stopped may still hold the session; nothing must follow it there.
            IsBroken = true;
            throw;
        }
    }

    // A session that sees its own domain alone would take everybody else for gone.
    private async Task ViewEntireForestAsync(CancellationToken cancellationToken)
    {
        _seesForest = false;
        var reply = await SendAsync(ExchangeCommands.ViewEntireForest(), static _ => { }, cancellationToken).ConfigureAwait(false);
        if (reply.Errors.Count > 0) throw new ExchangeFaultException(reply.Errors[0]) { Cmdlet = ExchangeCatalogue.SetServerSettings, Server = Server };
        _seesForest = true;
    }

    private async Task<ExchangeVocabulary> LearnAsync(CancellationToken cancellationToken)
    {
        ExchangeVocabulary vocabulary = new();
        try
        {
            var question = _session.IsRemote ? ExchangeCommands.ListCommands() : ExchangeCommands.ListPresentCommands();
            await SendAsync(question, vocabulary.Add, cancellationToken).ConfigureAwait(false);
        }
        catch (ExchangeFaultException exception) when (exception.Fault.Kind is ExchangeFaultKind.CmdletMissing or ExchangeFaultKind.ParameterMissing or ExchangeFaultKind.NoLanguage)
        {
            throw ExchangeErrors.SessionInvalid(Server, $"The session with {Server} is none of Exchange: {exception.Fault.Text}");
        }

        vocabulary.Settle(Server, _session.IsOwn, _session.IsRemote);
        return vocabulary;
    }

    private async Task<ExchangeOrganization> ReadOrganizationAsync(CancellationToken cancellationToken)
    {
        List<ExchangeServer> servers = [];
        string? organization = null;
        string? answering = null;
        void Add(PSObject source)
        {
            ExchangeRow row = new(source);
            organization ??= OrganizationReader.OrganizationOf(row);
            answering ??= row.Text("PSComputerName");
            if (OrganizationReader.ReadServer(row) is { } server) servers.Add(server);
        }

        ExchangeReply reply;
        try
        {
            reply = await SendAsync(ExchangeCommands.Servers(Vocabulary), Add, cancellationToken).ConfigureAwait(false);
        }
        catch (ExchangeFaultException exception) when (Vocabulary.Cuts && IsRefusal(exception.Fault.Kind))
        {
            // Some endpoints show a Select-Object that takes only the properties which an import of commands needs.
            Vocabulary.DoNotCut();
            servers.Clear();
            reply = await SendAsync(ExchangeCommands.Servers(Vocabulary), Add, cancellationToken).ConfigureAwait(false);
        }

        if (organization is not null) return new(organization, _session.IsRemote ? Server : answering ?? Server, servers);
        if (reply.Errors.Count > 0) throw new ExchangeFaultException(reply.Errors[0]) { Cmdlet = ExchangeCatalogue.GetServer, Server = Server };
        throw new ConnectorException(
            ErrorIds.ExchangeOrganizationUnknown, ErrorKind.InvalidData, Server,
            $"None of the {servers.Count} servers that {Server} listed tells its organisation.",
            "Check that the account may read the configuration of the whole organisation.");
    }

    // Every user sees these cmdlets, for the own mailbox: what such a session calls everything is one person.
    private async Task CheckScopeAsync(CancellationToken cancellationToken)
    {
        var seen = 0;
        var reply = await SendAsync(ExchangeCommands.TwoMailboxes(Vocabulary), _ => seen++, cancellationToken).ConfigureAwait(false);
        if (reply.Errors.Count > 0) throw new ExchangeFaultException(reply.Errors[0]) { Cmdlet = ExchangeCatalogue.GetMailbox, Server = Server };
        if (seen < 2) throw ExchangeErrors.ScopeTooNarrow(Server, seen);
    }

    private static bool IsRefusal(ExchangeFaultKind kind) =>
        kind is ExchangeFaultKind.Other or ExchangeFaultKind.ParameterMissing or ExchangeFaultKind.CmdletMissing or ExchangeFaultKind.NoLanguage;
}
