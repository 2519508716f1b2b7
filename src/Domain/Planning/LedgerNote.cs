using System;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>What a complete read teaches about one entry of the ledger.</summary>
public enum LedgerFinding
{
    /// <summary>The entry is in the mailbox's list no more: somebody took it out, so it is ours no more.</summary>
    Gone = 0,

    /// <summary>Its partnership is missing since this read.</summary>
    PartnershipMissing = 1,

    /// <summary>Its partnership is back.</summary>
    PartnershipBack = 2,
}

/// <summary>A note to be made in the ledger when the run is recorded.</summary>
/// <param name="Entry">The entry as the ledger holds it.</param>
/// <param name="Finding">What was found.</param>
public sealed record LedgerNote(LedgerEntry Entry, LedgerFinding Finding);
