using System;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Lanes;
using IntuneExchangeConnector.Engine.Exchange.Sessions;

namespace IntuneExchangeConnector.Engine.Exchange.Inspection;

/// <summary>The lanes that are connected already, as one session: each command takes a free one and gives it back.</summary>
/// <param name="lanes">The lanes; they stay their owner's.</param>
/// <param name="server">The server, for people.</param>
/// <param name="isOwn">True for sessions that the connector opened.</param>
/// <param name="isRemote">True when the cmdlets run elsewhere.</param>
internal sealed class RentedSession(LanePool lanes, string server, bool isOwn, bool isRemote) : IExchangeSession
{
    /// <inheritdoc/>
    public string Server => server;

    /// <inheritdoc/>
    public bool IsOwn => isOwn;

    /// <inheritdoc/>
    public bool IsRemote => isRemote;

    /// <inheritdoc/>
    public bool IsLost => false;

    /// <inheritdoc/>
    public Task<bool> OpenAsync(CancellationToken cancellationToken) => Task.FromResult(false);

    /// <inheritdoc/>
    public async Task<ExchangeReply> InvokeAsync(ExchangeCommand command, Action<PSObject> onRow, CancellationToken cancellationToken)
    {
        var lane = await lanes.RentAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            return await lane.InvokeAsync(command, onRow, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            lanes.Return(lane);
        }
    }

    /// <inheritdoc/>
    public ValueTask DisposeAsync() => default;
}
