using System.Collections.Generic;

namespace IntuneExchangeConnector.Domain.Policy.Import;

/// <summary>What a tenant still holds of the policy of Intune's own Exchange connector. Each half may be gone.</summary>
/// <param name="Access">The switch and the groups; null where the tenant does not hold them.</param>
/// <param name="Exchange">Default level, platform exceptions and notice; null where the tenant does not hold them.</param>
public sealed record LegacyPolicy(LegacyAccessSettings? Access, LegacyExchangePolicy? Exchange)
{
    /// <summary>True where nobody ever set anything, as in a tenant that never had such a connector.</summary>
    public bool IsBlank => Access is null or { IsBlank: true } && Exchange is null or { IsBlank: true };
}

/// <summary>The switch and the groups.</summary>
public sealed record LegacyAccessSettings
{
    /// <summary>Whether access was controlled at all.</summary>
    public bool Enabled { get; init; }

    /// <summary>Ids of the targeted groups, as they were sent.</summary>
    public IReadOnlyList<string> IncludedGroups { get; init; } = [];

    /// <summary>Ids of the exempt groups, as they were sent.</summary>
    public IReadOnlyList<string> ExcludedGroups { get; init; } = [];

    /// <summary>Whether compliant devices were allowed whatever the default level.</summary>
    public bool OverrideDefaultRule { get; init; }

    /// <summary>True where every value is the one that an object has before anybody sets it.</summary>
    public bool IsBlank => !Enabled && !OverrideDefaultRule && IncludedGroups.Count == 0 && ExcludedGroups.Count == 0;
}

/// <summary>A platform exception.</summary>
/// <param name="Name">The device type or model.</param>
/// <param name="Kind"><c>family</c> or <c>model</c>, or a word that is newer than the connector.</param>
/// <param name="Level"><c>none</c>, <c>allow</c>, <c>block</c> or <c>quarantine</c>, or a word that is newer.</param>
public sealed record LegacyAccessRule(string Name, string Kind, string Level);

/// <summary>Default level, platform exceptions and notice.</summary>
public sealed record LegacyExchangePolicy
{
    /// <summary>The word for no level, in Graph's own writing.</summary>
    public const string NoLevel = "none";

    /// <summary><c>none</c>, <c>allow</c>, <c>block</c> or <c>quarantine</c>, or a word that is newer than the connector.</summary>
    public string DefaultAccessLevel { get; init; } = NoLevel;

    /// <summary>The platform exceptions.</summary>
    public IReadOnlyList<LegacyAccessRule> Rules { get; init; } = [];

    /// <summary>The notice as Graph sends it: HTML in UTF-8 in Base64. Null for none.</summary>
    public string? NotificationContent { get; init; }

    /// <summary>True where nobody ever set anything.</summary>
    public bool IsBlank => DefaultAccessLevel == NoLevel && Rules.Count == 0 && string.IsNullOrEmpty(NotificationContent);
}
