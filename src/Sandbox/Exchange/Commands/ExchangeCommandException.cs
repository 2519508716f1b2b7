using System;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>Carries an Exchange error from the place that found it to the command that reports it.</summary>
internal sealed class ExchangeCommandException(Exception error) : Exception(error.Message, error)
{
    public Exception Error { get; } = error;
}
