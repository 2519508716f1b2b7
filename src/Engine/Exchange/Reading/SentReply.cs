using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Sessions;

namespace IntuneExchangeConnector.Engine.Exchange.Reading;

/// <summary>What a command left beside its rows, and which command on which server.</summary>
/// <param name="Cmdlet">The cmdlet.</param>
/// <param name="Server">The server.</param>
/// <param name="Reply">What it left.</param>
internal sealed record SentReply(string Cmdlet, string Server, ExchangeReply Reply)
{
    /// <summary>Its errors that did not end it.</summary>
    public IReadOnlyList<ExchangeFault> Errors => Reply.Errors;

    /// <summary>What the server said when it cut the answer or failed in the midst of it; null when the end was seen.</summary>
    public string? Cut
    {
        get
        {
            if (Errors.Count > 0) return Errors[0].Text;
            foreach (var warning in Reply.Warnings)
            {
                if (IsTruncation(warning)) return warning;
            }

            return null;
        }
    }

    /// <summary>The first error as a failure of the whole command.</summary>
    public ExchangeFaultException Failure() => new(Errors[0]) { Cmdlet = Cmdlet, Server = Server };

    // The parameter's name stays in every translation of the warning; the phrases are for servers that leave it out.
    private static bool IsTruncation(string warning) =>
        warning.IndexOf("ResultSize", StringComparison.OrdinalIgnoreCase) >= 0
        || warning.IndexOf("more results", StringComparison.OrdinalIgnoreCase) >= 0
        || warning.IndexOf("only the first", StringComparison.OrdinalIgnoreCase) >= 0;
}
