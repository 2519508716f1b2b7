using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;

namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>What the wanted configuration asks for, compared with what was read.</summary>
internal sealed record ConfigurationPlan
{
    /// <summary>Rules to create, change or remove.</summary>
    public required IReadOnlyList<AccessRuleChange> Rules { get; init; }

    /// <summary>The organisation's rules once all of these are written.</summary>
    public required IReadOnlyList<DeviceAccessRule> RulesAfter { get; init; }

    /// <summary>Mailbox policies to create, change or remove.</summary>
    public required IReadOnlyList<MailboxPolicyChange> Policies { get; init; }

    /// <summary>Texts and recipients to write; null when they are as wanted.</summary>
    public OrganizationSettingsChange? Organization { get; init; }

    /// <summary>Objects of ours that exist no more, or were replaced by somebody else's.</summary>
    public required IReadOnlyList<OwnedObject> Gone { get; init; }

    /// <summary>What could not be planned and why, for people.</summary>
    public required IReadOnlyList<string> Warnings { get; init; }
}
