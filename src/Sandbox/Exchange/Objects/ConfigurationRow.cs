using IntuneExchangeConnector.Sandbox.Exchange.Organization;

namespace IntuneExchangeConnector.Sandbox.Exchange.Objects;

/// <summary>One configuration object of the organisation on its way out.</summary>
internal sealed record ConfigurationRow<T>(ExchangeDirectory Directory, T Value);
