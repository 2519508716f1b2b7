namespace IntuneExchangeConnector.Domain.Access;

/// <summary>What the organisation's EAS settings object says (Get-ActiveSyncOrganizationSettings).</summary>
public sealed record OrganizationAccessSettings
{
    /// <summary>What a device gets when nothing else decides.</summary>
    public required ExchangeAccessLevel DefaultAccessLevel { get; init; }

    /// <summary>Text that Exchange adds to its quarantine mail; null when none.</summary>
    public string? UserMailInsert { get; init; }
}
