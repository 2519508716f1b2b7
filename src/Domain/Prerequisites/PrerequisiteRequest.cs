using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Domain.Prerequisites;

/// <summary>What the checks are about: a connector that is installed, or one that may be.</summary>
public sealed record PrerequisiteRequest
{
    /// <summary>The installed connector; null for the only one. It counts only where <see cref="Settings"/> is null.</summary>
    public string? Name { get; init; }

    /// <summary>The connector that would be installed; null for an installed one.</summary>
    public ConnectorSettings? Settings { get; init; }

    /// <summary>The secrets that came with the command.</summary>
    public CommandSecrets Secrets { get; init; } = CommandSecrets.None;
}
