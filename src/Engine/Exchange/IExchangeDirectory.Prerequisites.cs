using IntuneExchangeConnector.Engine.Exchange.Inspection;

namespace IntuneExchangeConnector.Engine.Exchange;

public partial interface IExchangeDirectory
{
    /// <summary>The same organisation as a check of prerequisites sees it; it shares the session and works before and after <see cref="ConnectAsync"/>.</summary>
    IExchangeInspection Inspection { get; }
}
