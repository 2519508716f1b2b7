using System;
using System.Collections;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>A mailbox's proxy addresses, put together when they are read: a million mailboxes would not fit as text.</summary>
internal sealed class ProxyAddressList(string primary, string alias, string cloudDomain, string? legacyAddress) : IReadOnlyList<string>
{
    public int Count => legacyAddress is null ? 2 : 3;

    public string this[int index] => index switch
    {
        0 => "SMTP:" + primary,
        1 => string.Concat("smtp:", alias, "@", cloudDomain),
        2 when legacyAddress is not null => legacyAddress,
        _ => throw new ArgumentOutOfRangeException(nameof(index)),
    };

    public IEnumerator<string> GetEnumerator()
    {
        for (int i = 0; i < Count; i++) yield return this[i];
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
