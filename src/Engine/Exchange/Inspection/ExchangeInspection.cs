using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Reading;
using IntuneExchangeConnector.Engine.Exchange.Sessions;

namespace IntuneExchangeConnector.Engine.Exchange.Inspection;

/// <summary>A session as it is, without the demands that a sync makes on it.</summary>
/// <param name="session">The session; whoever made it disposes of it.</param>
/// <param name="onSent">Counts each command.</param>
/// <param name="time">The clock.</param>
internal sealed class ExchangeInspection(IExchangeSession session, Action onSent, TimeProvider time) : IExchangeInspection
{
    // What a shell offers by itself, on every endpoint.
    private static readonly HashSet<string> s_housekeeping = new(StringComparer.OrdinalIgnoreCase)
    {
        "Exit-PSSession", "Get-Command", "Get-FormatData", "Get-Help", "Measure-Object", "Out-Default", "Select-Object",
    };

    private ExchangeOffer? _offer;
    private string? _module;

    /// <inheritdoc/>
    public string Server => session.Server;

    /// <inheritdoc/>
    public bool IsOwn => session.IsOwn;

    /// <inheritdoc/>
    public async Task<TimeSpan> OpenAsync(CancellationToken cancellationToken)
    {
        var started = time.GetTimestamp();
        try
        {
            return await session.OpenAsync(cancellationToken).ConfigureAwait(false) ? time.GetElapsedTime(started) : TimeSpan.Zero;
        }
        catch (ExchangeFaultException exception)
        {
            throw ExchangeErrors.OfOpening(exception.Fault, Server);
        }
    }

    /// <inheritdoc/>
    public async Task<ExchangeOffer> ReadOfferAsync(CancellationToken cancellationToken)
    {
        if (_offer is not null) return _offer;
        Dictionary<string, IReadOnlyCollection<string>?> offered = new(StringComparer.OrdinalIgnoreCase);
        foreach (var source in await SendAsync(InspectionCommands.ListOffer(imported: !session.IsRemote), cancellationToken, tolerant: true).ConfigureAwait(false))
        {
            ExchangeRow row = new(source);
            if (row.Text("Name") is not { } name) continue;
            offered[name] = InspectionRows.Parameters(row.Value("Parameters"));
            if (name == ExchangeCatalogue.GetMailbox) _module = row.Text("ModuleName");
        }

        return _offer = new(offered);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ReadEverythingOfferedAsync(CancellationToken cancellationToken)
    {
        await ReadOfferAsync(cancellationToken).ConfigureAwait(false);
        SortedSet<string> names = new(StringComparer.OrdinalIgnoreCase);
        foreach (var source in await SendAsync(InspectionCommands.ListEverything(imported: !session.IsRemote), cancellationToken, tolerant: true).ConfigureAwait(false))
        {
            ExchangeRow row = new(source);

            // The caller's shell holds much that is none of Exchange.
            if (row.Text("Name") is { } name && !s_housekeeping.Contains(name) && (session.IsRemote || (_module is not null && row.Text("ModuleName") == _module))) names.Add(FaultText.Clean(name));
        }

        return [.. names];
    }

    /// <inheritdoc/>
    public Task ViewEntireForestAsync(CancellationToken cancellationToken) => session.IsOwn
        ? SendAsync(InspectionCommands.ViewEntireForest(), cancellationToken)
        : throw new InvalidOperationException("A session of the caller keeps its view.");

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ExchangeServer>> ReadServersAsync(CancellationToken cancellationToken)
    {
        var rows = await SendAsync(InspectionCommands.Servers(), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(static row => OrganizationReader.ReadServer(new ExchangeRow(row))).OfType<ExchangeServer>().OrderBy(static server => server.Fqdn, StringComparer.OrdinalIgnoreCase)];
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<string>> ReadSomeMailboxesAsync(CancellationToken cancellationToken)
    {
        var rows = await SendAsync(InspectionCommands.SomeMailboxes(), cancellationToken).ConfigureAwait(false);
        return [.. rows.Select(static row => InspectionRows.Mailbox(new ExchangeRow(row)))];
    }

    /// <inheritdoc/>
    public async Task<SessionAllowance?> ReadAllowanceAsync(string account, CancellationToken cancellationToken)
    {
        var offer = await ReadOfferAsync(cancellationToken).ConfigureAwait(false);
        string? own = null;
        if (offer.Has(InspectionCatalogue.GetAssociation))
        {
            try
            {
                var association = await SendAsync(InspectionCatalogue.Association(account), cancellationToken).ConfigureAwait(false);
                own = association.Select(static row => new ExchangeRow(row).Text("ThrottlingPolicyId")).FirstOrDefault(static id => id is not null);
            }
            catch (ConnectorException failure) when (failure.ErrorId == ErrorIds.ExchangeObjectNotFound)
            {
                // An account that Exchange does not know as a recipient has no policy of its own.
            }
        }

        return InspectionRows.Allowance(await SendAsync(InspectionCatalogue.Policies(), cancellationToken).ConfigureAwait(false), own);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyDictionary<string, IReadOnlyCollection<string>>> ReadRoleAsync(string role, CancellationToken cancellationToken)
    {
        Dictionary<string, IReadOnlyCollection<string>> entries = new(StringComparer.OrdinalIgnoreCase);
        foreach (var source in await SendAsync(InspectionCatalogue.RoleEntries(role), cancellationToken).ConfigureAwait(false))
        {
            ExchangeRow row = new(source);
            if (row.Text("Name") is { } name) entries[name] = InspectionRows.Parameters(row.Value("Parameters")) ?? [];
        }

        return entries;
    }

    // A name that is not offered is an error to Get-Command and an answer to us.
    private async Task<IReadOnlyList<PSObject>> SendAsync(ExchangeCommand command, CancellationToken cancellationToken, bool tolerant = false)
    {
        List<PSObject> rows = [];
        onSent();
        try
        {
            var reply = await session.InvokeAsync(command, rows.Add, cancellationToken).ConfigureAwait(false);
            return tolerant || reply.Errors.Count == 0 ? rows : throw ExchangeErrors.OfCommand(reply.Errors[0], command.Name, command.Name, Server);
        }
        catch (ExchangeFaultException exception)
        {
            throw ExchangeErrors.OfCommand(exception.Fault, command.Name, command.Name, Server);
        }
    }
}
