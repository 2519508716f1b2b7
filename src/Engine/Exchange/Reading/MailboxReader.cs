using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Engine.Exchange.Reading;

/// <summary>Reads a row of <c>Get-CASMailbox</c>.</summary>
internal static class MailboxReader
{
    private const string Smtp = "smtp:";

    /// <summary>Reads a row.</summary>
    /// <param name="row">The row.</param>
    /// <param name="pool">Shares texts between rows.</param>
    /// <returns>The mailbox.</returns>
    /// <exception cref="System.IO.InvalidDataException">The row lacks what a mailbox cannot be without; its lists are among that,
    /// because a list that did not travel must not be taken for an empty one.</exception>
    public static Mailbox Read(ExchangeRow row, TextPool pool)
    {
        var identity = row.Identity();
        var addresses = row.Has("EmailAddresses") ? row.Texts("EmailAddresses") : [];
        return new()
        {
            Id = row.Guid("Guid"),
            DistinguishedName = row.Text("DistinguishedName"),
            Identity = identity,
            DisplayName = row.Text("DisplayName") ?? string.Empty,
            PrimarySmtpAddress = row.Text("PrimarySmtpAddress") ?? PrimaryOf(addresses) ?? identity,
            SmtpAddresses = SmtpOf(addresses),
            SamAccountName = row.Text("SamAccountName"),
            ActiveSyncEnabled = row.Flag("ActiveSyncEnabled", otherwise: true),
            AllowedDeviceIds = row.Texts("ActiveSyncAllowedDeviceIDs"),
            BlockedDeviceIds = row.Texts("ActiveSyncBlockedDeviceIDs"),
            MailboxPolicy = pool.Share(row.Text("ActiveSyncMailboxPolicy")),
            DomainController = row.Has("OriginatingServer") ? row.Text("OriginatingServer") : null,
            WhenChanged = row.Instant("WhenChangedUTC") ?? row.Instant("WhenChanged"),
        };
    }

    // SMTP: in capitals marks the primary address; smtp: all others.
    private static string? PrimaryOf(IReadOnlyList<string> addresses)
    {
        for (var i = 0; i < addresses.Count; i++)
        {
            if (addresses[i].StartsWith("SMTP:", StringComparison.Ordinal)) return addresses[i].Substring(Smtp.Length);
        }

        return null;
    }

    private static IReadOnlyList<string> SmtpOf(IReadOnlyList<string> addresses)
    {
        if (addresses.Count == 0) return [];
        var smtp = new List<string>(addresses.Count);
        for (var i = 0; i < addresses.Count; i++)
        {
            var address = addresses[i];
            if (address.StartsWith(Smtp, StringComparison.OrdinalIgnoreCase)) smtp.Add(address.Substring(Smtp.Length));
            else if (address.IndexOf(':') < 0 && address.IndexOf('@') > 0) smtp.Add(address);
        }

        return smtp;
    }
}
