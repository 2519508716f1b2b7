using System;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>The one word about a connector.</summary>
public enum ConnectorState
{
    /// <summary>Installed, and its policy is switched off: it decides nothing.</summary>
    PolicyDisabled = 0,

    /// <summary>Switched on, and no run has succeeded yet.</summary>
    NeverSynchronized = 1,

    /// <summary>The last run succeeded.</summary>
    Healthy = 2,

    /// <summary>The last run finished with errors.</summary>
    Degraded = 3,

    /// <summary>The last run was held: nothing is written until somebody looks.</summary>
    Held = 4,

    /// <summary>The last run failed.</summary>
    Failed = 5,
}

/// <summary>A connector at one glance.</summary>
public sealed record ConnectorStatus
{
    /// <summary>The connector's name.</summary>
    public required string Name { get; init; }

    /// <summary>The one word about it.</summary>
    public required ConnectorState State { get; init; }

    /// <summary>Distinguished name of the organisation container.</summary>
    public required string Organization { get; init; }

    /// <summary>Where Exchange is and how it is reached.</summary>
    public required ExchangeSettings Exchange { get; init; }

    /// <summary>The tenant and who signs in to it.</summary>
    public required TenantSettings Tenant { get; init; }

    /// <summary>The server that answered last; null before the first contact.</summary>
    public string? Server { get; init; }

    /// <summary>On: another server takes over when the one in use fails.</summary>
    public bool FailoverEnabled { get; init; }

    /// <summary>On: commands run over several sessions at once.</summary>
    public bool ParallelCommandsEnabled { get; init; }

    /// <summary>How many sessions may work at once, at most, where they are on.</summary>
    public int MaximumSessions { get; init; }

    /// <summary>End of the last successful quick run, UTC; null when none succeeded.</summary>
    public DateTimeOffset? LastQuickSync { get; init; }

    /// <summary>End of the last successful full run, UTC; null when none succeeded.</summary>
    public DateTimeOffset? LastFullSync { get; init; }

    /// <summary>The last sync, full or quick, whatever its outcome; null before the first.</summary>
    public SyncResult? LastRun { get; init; }

    /// <summary>Why the last run was held or failed; null when it was not.</summary>
    public string? Problem { get; init; }

    /// <summary>Entries in mailboxes that this connector wrote.</summary>
    public int Entries { get; init; }

    /// <summary>Address of the mailbox that sends notices; null for none.</summary>
    public string? NotificationMailbox { get; init; }

    /// <summary>Address of Exchange Web Services; null means Autodiscover.</summary>
    public Uri? ExchangeWebServiceUrl { get; init; }

    /// <summary>The Exchange connector that Intune still lists for the organisation, as the last full run saw it; null where it saw none.</summary>
    public IntuneConnectorEntry? IntuneConnector { get; init; }

    /// <summary>On: Intune is asked to synchronise that entry after a successful run.</summary>
    public bool RequestIntuneSync { get; init; }

    /// <summary>When Intune was last asked, UTC; null for never.</summary>
    public DateTimeOffset? LastIntuneRequest { get; init; }

    /// <summary>Full path of the configuration file.</summary>
    public required string ConfigurationPath { get; init; }

    /// <summary>Full path of the state file.</summary>
    public required string StatePath { get; init; }

    /// <summary>When it was installed, UTC.</summary>
    public DateTimeOffset InstalledAt { get; init; }
}
