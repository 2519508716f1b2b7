using IntuneExchangeConnector.Engine.Exchange.Inspection;
using IntuneExchangeConnector.Engine.Exchange.Sessions;

namespace IntuneExchangeConnector.Engine.Exchange;

internal sealed partial class ExchangeDirectory
{
    private IExchangeSession? _looked;

    /// <inheritdoc/>
    public IExchangeInspection Inspection
    {
        get
        {
            if (_organization is { } organization)
            {
                return new ExchangeInspection(new RentedSession(_lanes, organization.Server, _opener is not null, _opener is not null || _lent[0].IsRemote), static () => { }, _time);
            }

            return new ExchangeInspection(_opener is null ? _lent[0] : _looked ??= _opener.CreateFirst(), CountOne, _time);
        }
    }
}
