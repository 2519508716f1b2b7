using System;
using System.Collections.Generic;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Faults;

namespace IntuneExchangeConnector.Engine.Exchange.Sessions;

/// <summary>What a command that ran to its end left beside its rows.</summary>
/// <param name="Warnings">Its warnings.</param>
/// <param name="Errors">Its errors that did not end it.</param>
internal sealed record ExchangeReply(IReadOnlyList<string> Warnings, IReadOnlyList<ExchangeFault> Errors);

/// <summary>A way to have commands run by Exchange, one at a time.</summary>
internal interface IExchangeSession : IAsyncDisposable
{
    /// <summary>Name of the server, for people.</summary>
    string Server { get; }

    /// <summary>True when the connector opened the session: it may change its view, opens it again when it broke, and removes it.</summary>
    bool IsOwn { get; }

    /// <summary>True when the cmdlets run elsewhere, so that a row that is cut there travels lighter.</summary>
    bool IsRemote { get; }

    /// <summary>True when the session broke and nothing can open it again.</summary>
    bool IsLost { get; }

    /// <summary>Opens what has to be opened; does nothing where it is open.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>True when the session is new.</returns>
    /// <exception cref="ExchangeFaultException">It could not be opened.</exception>
    Task<bool> OpenAsync(CancellationToken cancellationToken);

    /// <summary>Runs a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="onRow">Receives each row as it arrives, one at a time.</param>
    /// <param name="cancellationToken">Stops the command.</param>
    /// <returns>What it left beside its rows.</returns>
    /// <exception cref="ExchangeFaultException">The command or the session failed.</exception>
    Task<ExchangeReply> InvokeAsync(ExchangeCommand command, Action<PSObject> onRow, CancellationToken cancellationToken);
}
