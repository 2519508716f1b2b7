using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>Which devices of the last complete read are asked for; null means any.</summary>
public sealed record DeviceQuery
{
    /// <summary>Primary SMTP address of the mailbox, any of its names, or its Guid; without case, no wildcards.</summary>
    public string? Mailbox { get; init; }

    /// <summary>EAS device id, without case.</summary>
    public string? DeviceId { get; init; }

    /// <summary>The decision.</summary>
    public AccessDecision? Decision { get; init; }

    /// <summary>Any of these reasons.</summary>
    public IReadOnlyList<AccessReason>? Reasons { get; init; }

    /// <summary>Any of these conflicts.</summary>
    public IReadOnlyList<AccessConflict>? Conflicts { get; init; }
}
