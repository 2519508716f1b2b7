using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Objects;

/// <summary>EAS mailbox policies in the vocabulary of the cmdlet that asks.</summary>
internal static class MailboxPolicyObjects
{
    public static ObjectShape<ConfigurationRow<SandboxMailboxPolicy>> ActiveSync { get; } = Shape(
        "IsDefaultPolicy",
        MailboxPolicySettings.All.Select(s => (s.StoredName, s.StoredName, s.Default)));

    public static ObjectShape<ConfigurationRow<SandboxMailboxPolicy>> Mobile { get; } = Shape(
        "IsDefault",
        MailboxPolicySettings.All);

    private static ObjectShape<ConfigurationRow<SandboxMailboxPolicy>> Shape(string isDefault, IEnumerable<(string Name, string StoredName, object? Default)> settings) => new(
        TypeNames.MailboxPolicy,
        [
            .. settings.Select(s => new Column<ConfigurationRow<SandboxMailboxPolicy>>(s.Name, r => Read(r.Value, s.StoredName, s.Default))),
            new(isDefault, static r => r.Value.IsDefault),
            .. DirectoryColumns.Of<ConfigurationRow<SandboxMailboxPolicy>>(static r => ConfigurationObjects.Facts(
                r.Directory,
                r.Value.Name,
                r.Directory.Names.PolicyDistinguishedName(r.Value.Name),
                r.Value.Guid,
                "ms-Exch-Mobile-Mailbox-Policy",
                r.Value.WhenChanged)),
        ]);

    // The world keeps whole numbers as 64 bits wide; Exchange's are 32.
    private static object? Read(SandboxMailboxPolicy policy, string name, object? otherwise) =>
        (policy.Settings.TryGetValue(name, out object? value) ? value : otherwise) is var found && found is long number ? (int)number : found;
}
