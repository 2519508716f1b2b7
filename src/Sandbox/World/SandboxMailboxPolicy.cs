using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>An EAS mailbox policy; only what evaluation and assignment need, further settings as text.</summary>
public sealed class SandboxMailboxPolicy
{
    public required Guid Guid { get; init; }

    public required string Name { get; init; }

    public bool IsDefault { get; set; }

    public SortedDictionary<string, object?> Settings { get; } = new(StringComparer.OrdinalIgnoreCase);

    public DateTimeOffset WhenChanged { get; set; }
}
