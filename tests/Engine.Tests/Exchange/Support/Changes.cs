using System;
using System.Collections;
using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Engine.Tests.Exchange.Support;

/// <summary>Changes to one mailbox's lists.</summary>
internal static class Changes
{
    public static readonly Guid MailboxId = new("6f9619ff-8b86-d011-b42d-00c04fc964ff");

    /// <summary>What a call adds to, or takes out of, one of the lists.</summary>
    public static string[] Listed(FakeCall call, string list, string part) => (string[])((Hashtable)call.Parameters[list]!)[part]!;

    public static MailboxChange Of(string[]? allowedAdd = null, string[]? allowedRemove = null, string[]? blockedAdd = null, string[]? blockedRemove = null) => new()
    {
        MailboxId = MailboxId,
        Mailbox = "jane@contoso.com",
        AllowedAdd = allowedAdd ?? [],
        AllowedRemove = allowedRemove ?? [],
        BlockedAdd = blockedAdd ?? [],
        BlockedRemove = blockedRemove ?? [],
        AllowedBefore = [],
        BlockedBefore = [],
    };
}
