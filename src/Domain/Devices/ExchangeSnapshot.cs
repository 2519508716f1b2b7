using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;

namespace IntuneExchangeConnector.Domain.Devices;

/// <summary>A row that a side returned and that could not be read.</summary>
/// <param name="Identity">The row's own identity, as far as it had one.</param>
/// <param name="Cause">What was wrong with it.</param>
public sealed record UnreadableRow(string Identity, string Cause);

/// <summary>What one read of the Exchange organisation saw.</summary>
public sealed record ExchangeSnapshot
{
    /// <summary>Every partnership, in any order.</summary>
    public required IReadOnlyList<EasPartnership> Partnerships { get; init; }

    /// <summary>Every mailbox, in any order.</summary>
    public required IReadOnlyList<Mailbox> Mailboxes { get; init; }

    /// <summary>The organisation's EAS settings.</summary>
    public required OrganizationAccessSettings Settings { get; init; }

    /// <summary>The organisation's device access rules.</summary>
    public required IReadOnlyList<DeviceAccessRule> Rules { get; init; }

    /// <summary>The organisation's EAS mailbox policies; null where they were not read, as in a quick run.</summary>
    public IReadOnlyList<ExchangeMailboxPolicy>? Policies { get; init; }

    /// <summary>The device types and models that Exchange ever saw; null where they were not read.</summary>
    public IReadOnlyList<DeviceClass>? Classes { get; init; }

    /// <summary>Rows that could not be read; each is reported.</summary>
    public IReadOnlyList<UnreadableRow> Unreadable { get; init; } = [];

    /// <summary>Null when the end of every list was seen; otherwise what was cut.</summary>
    public string? Incomplete { get; init; }
}
