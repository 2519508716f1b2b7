using System.Threading;
using IntuneExchangeConnector.Engine.Exchange.Inspection;

namespace IntuneExchangeConnector.Engine.Exchange;

internal sealed partial class ExchangeDirectory
{
    private IExchangeInspection? _inspection;

    /// <inheritdoc/>
    public IExchangeInspection Inspection => _inspection ??= new ExchangeInspection(_sessions[0], () => Interlocked.Increment(ref _commandsSent), _time);
}
