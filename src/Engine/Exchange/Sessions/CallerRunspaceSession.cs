using System;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Runtime.ExceptionServices;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Faults;

namespace IntuneExchangeConnector.Engine.Exchange.Sessions;

/// <summary>
/// The cmdlets that are present in the caller's own shell, run nested on the thread that owns it. Warnings of a nested pipeline go to the
/// caller's screen and leave no trace behind, so they are merged into the output: one of them says that an answer was cut.
/// </summary>
internal sealed class CallerRunspaceSession : IExchangeSession
{
    private readonly CallerShell _shell;

    public CallerRunspaceSession(CallerShell shell) => _shell = shell;

    /// <inheritdoc/>
    public string Server => "the Exchange Management Shell";

    /// <inheritdoc/>
    public bool IsOwn => false;

    /// <inheritdoc/>
    public bool IsRemote => false;

    /// <inheritdoc/>
    public bool IsLost => false;

    /// <inheritdoc/>
    public Task<bool> OpenAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    /// <inheritdoc/>
    public async Task<ExchangeReply> InvokeAsync(ExchangeCommand command, Action<PSObject> onRow, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        ExchangeReply? reply = null;
        ExceptionDispatchInfo? failure = null;
        await _shell.RunOnPipelineThread(() =>
        {
            try
            {
                reply = Run(command, onRow, cancellationToken);
            }
            catch (Exception exception)
            {
                failure = ExceptionDispatchInfo.Capture(exception);
            }
        }).ConfigureAwait(false);
        failure?.Throw();
        return reply ?? throw new OperationCanceledException(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;

    private static ExchangeReply Run(ExchangeCommand command, Action<PSObject> onRow, CancellationToken cancellationToken)
    {
        using var shell = PowerShell.Create(RunspaceMode.CurrentRunspace);
        command.AddTo(shell);
        foreach (var part in shell.Commands.Commands) part.MergeMyResults(PipelineResultTypes.Warning, PipelineResultTypes.Output);
        using var rows = new RowStream(shell, onRow, static () => { });
        using var input = new PSDataCollection<PSObject>();
        input.Complete();
        using (cancellationToken.Register(() => ShellStop.Begin(shell)))
        {
            try
            {
                shell.Invoke(input, rows.Output, null);
            }
            catch (PipelineStoppedException)
            {
                rows.ThrowRowFailure();
                throw new OperationCanceledException("The caller stopped the command.", cancellationToken);
            }
            catch (Exception exception)
            {
                rows.ThrowRowFailure();
                throw new ExchangeFaultException(ExchangeFaults.Of(exception), exception);
            }
        }

        rows.ThrowRowFailure();

        // A pipeline that was stopped returns as one that ended; half an answer must not look like a whole one.
        return shell.InvocationStateInfo.State == PSInvocationState.Completed
            ? rows.Reply()
            : throw new OperationCanceledException("The caller stopped the command.", cancellationToken);
    }
}
