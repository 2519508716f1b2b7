using System;
using System.Globalization;
using IntuneExchangeConnector.Domain.Errors;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>A server's certificate that is not valid at this time: where it is one of Microsoft's, this computer's clock is the likelier fault.</summary>
internal static class TlsClock
{
    /// <summary>Adds the clock to a failure of trust.</summary>
    /// <param name="failure">The failure.</param>
    /// <param name="cause">What was thrown.</param>
    /// <param name="now">This computer's time, UTC.</param>
    /// <returns>The failure with the clock; null where the certificate's times are not the matter.</returns>
    public static ConnectorException? Of(ConnectorException failure, Exception cause, DateTimeOffset now) =>
        !GraphErrors.IsTlsFailure(cause) || cause.GetBaseException().Message.IndexOf("NotTimeValid", StringComparison.OrdinalIgnoreCase) < 0
            ? null
            : new ConnectorException(
                failure.ErrorId,
                failure.Kind,
                failure.Target,
                string.Format(CultureInfo.InvariantCulture, "{0} The certificate is not valid at {1:yyyy-MM-dd HH:mm} UTC, which is this computer's time.", failure.Message, now),
                "Check this computer's clock (w32tm /query /status); where it is right, the server's certificate has expired.");
}
