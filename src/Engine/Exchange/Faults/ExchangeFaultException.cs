using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Engine.Exchange.Faults;

/// <summary>
/// A command or a session that failed, inside the Exchange side. It becomes a <see cref="Domain.Errors.ConnectorException"/> where the
/// directory knows what the command was for.
/// </summary>
internal sealed class ExchangeFaultException : Exception
{
    public ExchangeFaultException(ExchangeFault fault, Exception? inner = null)
        : base(fault.Text, inner) => Fault = fault;

    /// <summary>The failure, told apart.</summary>
    public ExchangeFault Fault { get; }

    /// <summary>The cmdlet that failed; null when no command was on its way yet.</summary>
    public string? Cmdlet { get; set; }

    /// <summary>The server, for people.</summary>
    public string Server { get; set; } = string.Empty;

    /// <summary>What each server said, where several were tried.</summary>
    public IReadOnlyList<ExchangeFaultException> Tried { get; set; } = [];

    /// <summary>Servers that were not tried because failover is off.</summary>
    public IReadOnlyList<string> NotTried { get; set; } = [];

    /// <summary>True when a read may be tried again: the fault passes, and there is a session to try on.</summary>
    public bool CanRetry { get; set; }
}
