using System;
using System.Collections.Generic;
using System.IO;
using System.Security.Cryptography;
using System.Text;

namespace IntuneExchangeConnector.Domain.Devices;

/// <summary>
/// A number that stands for everything that was read of a row, so that a row that changed is told from one that did not without keeping
/// both. When the directory object last changed is a part of it, and so is what Exchange computes for each answer. Devices choose some of
/// these texts themselves, hence a hash that nobody can steer.
/// </summary>
public sealed class RowMark : IDisposable
{
    private readonly MemoryStream _buffer = new(512);
    private readonly BinaryWriter _writer;
    private readonly SHA256 _hash = SHA256.Create();

    /// <summary>Creates a maker of marks; one serves one thread.</summary>
    public RowMark() => _writer = new BinaryWriter(_buffer, Encoding.UTF8);

    /// <summary>The mark of a partnership.</summary>
    /// <param name="partnership">The partnership.</param>
    /// <returns>The mark.</returns>
    public long Of(EasPartnership partnership)
    {
        _buffer.SetLength(0);
        Add(partnership.WhenChanged);
        Add(partnership.Identity);
        Add(partnership.OwnerDistinguishedName);
        Add(partnership.OwnerCanonicalName);
        Add(partnership.DeviceId.Value);
        Add(partnership.DeviceType);
        Add(partnership.DeviceModel);
        Add(partnership.DeviceOS);
        Add(partnership.UserAgent);
        Add(partnership.FriendlyName);
        Add(partnership.ClientType);
        _writer.Write((int)partnership.AccessState);
        _writer.Write((int)partnership.AccessReason);
        Add(partnership.AccessReasonText);
        Add(partnership.AccessRule);
        Add(partnership.FirstSync);
        return Finish();
    }

    /// <summary>The mark of a mailbox.</summary>
    /// <param name="mailbox">The mailbox.</param>
    /// <returns>The mark.</returns>
    public long Of(Mailbox mailbox)
    {
        _buffer.SetLength(0);
        Add(mailbox.WhenChanged);
        Add(mailbox.DistinguishedName);
        Add(mailbox.Identity);
        Add(mailbox.DisplayName);
        Add(mailbox.PrimarySmtpAddress);
        Add(mailbox.SmtpAddresses);
        Add(mailbox.SamAccountName);
        _writer.Write(mailbox.ActiveSyncEnabled);
        Add(mailbox.AllowedDeviceIds);
        Add(mailbox.BlockedDeviceIds);
        Add(mailbox.MailboxPolicy);
        return Finish();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _writer.Dispose();
        _hash.Dispose();
    }

    private void Add(string? text)
    {
        _writer.Write(text is not null);
        if (text is not null) _writer.Write(text);
    }

    private void Add(DateTimeOffset? instant) => _writer.Write(instant?.UtcTicks ?? -1L);

    private void Add(IReadOnlyList<string> texts)
    {
        _writer.Write(texts.Count);
        for (var i = 0; i < texts.Count; i++) _writer.Write(texts[i]);
    }

    private long Finish()
    {
        _writer.Flush();
        return BitConverter.ToInt64(_hash.ComputeHash(_buffer.GetBuffer(), 0, (int)_buffer.Length), 0);
    }
}
