using System;
using System.Collections.Generic;
using System.Security.Cryptography;
using System.Text;

namespace IntuneExchangeConnector.Domain.Devices;

/// <summary>
/// A number that stands for everything that was read of a row, so that a row that changed is told from one that did not without keeping
/// both. When the directory object last changed is a part of it, and so is what Exchange computes for each answer. Devices choose some of
/// these texts themselves, hence a hash that nobody can steer. One maker of marks serves one thread.
/// </summary>
public sealed class RowMark : IDisposable
{
    private readonly SHA256 _hash = SHA256.Create();
    private byte[] _bytes = new byte[1024];
    private int _length;

    /// <summary>The mark of a partnership.</summary>
    /// <param name="partnership">The partnership.</param>
    /// <returns>The mark.</returns>
    public long Of(EasPartnership partnership)
    {
        _length = 0;
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
        Add((long)partnership.AccessState);
        Add((long)partnership.AccessReason);
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
        _length = 0;
        Add(mailbox.WhenChanged);
        Add(mailbox.DistinguishedName);
        Add(mailbox.Identity);
        Add(mailbox.DisplayName);
        Add(mailbox.PrimarySmtpAddress);
        Add(mailbox.SmtpAddresses);
        Add(mailbox.SamAccountName);
        Add(mailbox.ActiveSyncEnabled ? 1 : 0);
        Add(mailbox.AllowedDeviceIds);
        Add(mailbox.BlockedDeviceIds);
        Add(mailbox.MailboxPolicy);
        return Finish();
    }

    /// <inheritdoc/>
    public void Dispose() => _hash.Dispose();

    // A length goes before each text, so that what ends one cannot begin the next.
    private void Add(string? text)
    {
        if (text is null)
        {
            Add(-1);
            return;
        }

        Add(text.Length);
        Reserve(Encoding.UTF8.GetMaxByteCount(text.Length));
        _length += Encoding.UTF8.GetBytes(text, 0, text.Length, _bytes, _length);
    }

    private void Add(DateTimeOffset? instant) => Add(instant?.UtcTicks ?? -1);

    private void Add(IReadOnlyList<string> texts)
    {
        Add(texts.Count);
        for (var i = 0; i < texts.Count; i++) Add(texts[i]);
    }

    private void Add(long number)
    {
        Reserve(sizeof(long));
        for (var i = 0; i < sizeof(long); i++) _bytes[_length++] = (byte)(number >> (8 * i));
    }

    private void Reserve(int count)
    {
        if (_bytes.Length - _length < count) Array.Resize(ref _bytes, Math.Max(_bytes.Length * 2, _length + count));
    }

    private long Finish() => BitConverter.ToInt64(_hash.ComputeHash(_bytes, 0, _length), 0);
}
