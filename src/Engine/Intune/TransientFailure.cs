using System;
using IntuneExchangeConnector.Domain.Errors;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>An attempt failed in a way that another one may not. It never leaves <see cref="GraphRetry"/>.</summary>
internal sealed class TransientFailure : Exception
{
    /// <summary>Creates a failure.</summary>
    /// <param name="final">What is told when no further attempt is made.</param>
    /// <param name="retryAfter">How long the server asked to wait; null when it did not say.</param>
    /// <param name="isUnreachable">True when no answer came at all.</param>
    public TransientFailure(ConnectorException final, TimeSpan? retryAfter = null, bool isUnreachable = false)
        : base(final.Message)
    {
        Final = final;
        RetryAfter = retryAfter;
        IsUnreachable = isUnreachable;
    }

    /// <summary>What is told when no further attempt is made.</summary>
    public ConnectorException Final { get; }

    /// <summary>How long the server asked to wait; null when it did not say.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>True when no answer came at all.</summary>
    public bool IsUnreachable { get; }
}
