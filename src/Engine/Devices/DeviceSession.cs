using System;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Setup;
using IntuneExchangeConnector.Engine.Store;
using IntuneExchangeConnector.Engine.Sync;

namespace IntuneExchangeConnector.Engine.Devices;

/// <summary>
/// What a command for single entries or devices works with: the connector's lease, its state, and a way to Exchange. It is one run of the
/// history, begun when the first thing is about to be sent.
/// </summary>
internal sealed class DeviceSession : IAsyncDisposable
{
    private readonly HeldConnector? _held;
    private readonly DateTimeOffset _started;
    private bool _begun;

    private DeviceSession(ConnectorSettings settings, HeldConnector? held, IStateStore store, IExchangeDirectory exchange, ISyncConsole console, TimeProvider time, LeaseHolder holder)
    {
        Settings = settings;
        _held = held;
        Store = store;
        Exchange = exchange;
        Console = console;
        Time = time;
        Holder = holder;
        _started = time.GetUtcNow();
    }

    /// <summary>The connector.</summary>
    public ConnectorSettings Settings { get; }

    /// <summary>Its state.</summary>
    public IStateStore Store { get; }

    /// <summary>Exchange, connected.</summary>
    public IExchangeDirectory Exchange { get; }

    /// <summary>Speaks to the caller.</summary>
    public ISyncConsole Console { get; }

    /// <summary>The clock.</summary>
    public TimeProvider Time { get; }

    /// <summary>Who gave the command, and the id of its run.</summary>
    public LeaseHolder Holder { get; }

    /// <summary>The run in the history; null when nothing was sent.</summary>
    public Guid? RunId => _begun ? Holder.RunId : null;

    /// <summary>Takes the lease, opens the state and connects.</summary>
    /// <param name="services">What the engine uses.</param>
    /// <param name="call">Who asked, with what.</param>
    /// <param name="exclusive">True where something is changed: another run of the connector must not be under way.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>The session.</returns>
    public static async Task<DeviceSession> OpenAsync(EngineServices services, DeviceCall call, bool exclusive, CancellationToken cancellationToken)
    {
        var holder = LeaseHolder.ThisProcess(services.NewId(), services.Time.GetUtcNow());
        var held = exclusive ? await HeldConnector.TakeAsync(services, call.Name, holder.RunId, wait: false, cancellationToken).ConfigureAwait(false) : null;
        var settings = held?.Settings ?? services.Configurations.Read(call.Name);
        IStateStore? store = null;
        IExchangeDirectory? exchange = null;
        try
        {
            store = services.OpenState(services.Configurations.StatePath(settings.Name));
            exchange = services.OpenExchange(new ExchangeWay(settings, KeptSecrets.Complete(services.Secrets, settings, call.Secrets), call.Shell, call.Console, store));
            await ConnectAsync(exchange, settings, call.Console, cancellationToken).ConfigureAwait(false);
            return new DeviceSession(settings, held, store, exchange, call.Console, services.Time, holder);
        }
        catch
        {
            if (exchange is not null) await exchange.DisposeAsync().ConfigureAwait(false);
            store?.Dispose();
            held?.Dispose();
            throw;
        }
    }

    /// <summary>Puts the command into the history, before anything is sent; as failed, until it is finished.</summary>
    public void Begin()
    {
        if (_begun) return;
        Store.BeginRun(Result());
        _begun = true;
    }

    /// <summary>Closes the command in the history.</summary>
    /// <param name="changes">Entries removed and orders sent.</param>
    /// <param name="mailboxes">Mailboxes written.</param>
    /// <param name="failures">What could not be done.</param>
    /// <param name="broken">Why it broke off; null when it came to its end.</param>
    public void Finish(int changes, int mailboxes, int failures, Exception? broken = null)
    {
        if (!_begun) return;
        Store.FinishRun(Result() with
        {
            Status = broken is not null ? SyncStatus.Failed : failures == 0 ? SyncStatus.Succeeded : SyncStatus.SucceededWithErrors,
            Finished = Time.GetUtcNow(),
            Changes = changes,
            MailboxWrites = mailboxes,
            Failures = failures,
            ExchangeCommands = Exchange.CommandsSent,
            Notes = Exchange.Notes,
            FailureId = broken is null ? null : broken is ConnectorException known ? known.ErrorId : broken is OperationCanceledException ? ErrorIds.SyncCancelled : ErrorIds.Unexpected,
            FailureMessage = broken is null ? null : broken is OperationCanceledException ? "The command was stopped. What it had sent is recorded." : broken.Message,
        });
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Exchange.DisposeAsync().ConfigureAwait(false);
        Store.Dispose();
        _held?.Dispose();
    }

    private static async Task ConnectAsync(IExchangeDirectory exchange, ConnectorSettings settings, ISyncConsole console, CancellationToken cancellationToken)
    {
        console.Report(new SyncProgress(SyncStage.Connect, 0, null));
        var organization = await exchange.ConnectAsync(cancellationToken).ConfigureAwait(false);
        OrganizationCheck.Pass(organization, settings);

        console.Report(new SyncProgress(SyncStage.Connect, 1, 1, Completed: true));
    }

    private SyncResult Result() => new()
    {
        RunId = Holder.RunId,
        Connector = Settings.Name,
        Kind = SyncKind.Command,
        Status = SyncStatus.Failed,
        Started = _started,
        Finished = _started,
        FailureId = ErrorIds.DeviceCommandFailed,
        FailureMessage = "The command broke off before it could say why.",
    };
}

/// <summary>Who gave a command, and with what.</summary>
/// <param name="Name">The connector; null for the only one.</param>
/// <param name="Secrets">The secrets that came with it.</param>
/// <param name="Shell">What the caller's shell lends.</param>
/// <param name="Console">Speaks to the caller.</param>
internal sealed record DeviceCall(string? Name, CommandSecrets Secrets, CallerShell Shell, ISyncConsole Console);
