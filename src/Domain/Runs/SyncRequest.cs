using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>What a run was asked for.</summary>
public sealed record SyncRequest
{
    /// <summary>The connector; null for the only one.</summary>
    public string? Name { get; init; }

    /// <summary>The kind; null for quick, or full when none has ever succeeded.</summary>
    public SyncKind? Kind { get; init; }

    /// <summary>True to plan and write nothing.</summary>
    public bool PlanOnly { get; init; }

    /// <summary>True to pass the run's fuse and the hold on a shrunken read.</summary>
    public bool Force { get; init; }

    /// <summary>True to wait for another run of the same connector instead of being refused.</summary>
    public bool Wait { get; init; }

    /// <summary>The secrets that came with it.</summary>
    public CommandSecrets Secrets { get; init; } = CommandSecrets.None;
}
