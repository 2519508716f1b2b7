using System.Collections.Generic;

namespace IntuneExchangeConnector.Domain.Access;

/// <summary>What the organisation's EAS settings object says (Get-ActiveSyncOrganizationSettings).</summary>
public sealed record OrganizationAccessSettings
{
    /// <summary>What a device gets when nothing else decides.</summary>
    public required ExchangeAccessLevel DefaultAccessLevel { get; init; }

    /// <summary>Text that Exchange adds to its quarantine mail; null when none.</summary>
    public string? UserMailInsert { get; init; }

    /// <summary>Text that Exchange adds to its mail to a device that needs an update; null when none.</summary>
    public string? OtaNotificationMailInsert { get; init; }

    /// <summary>SMTP addresses of the administrators who are told of quarantined devices.</summary>
    public IReadOnlyList<string> AdminMailRecipients { get; init; } = [];
}
