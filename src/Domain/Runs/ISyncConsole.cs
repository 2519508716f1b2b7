using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>The stage of a run.</summary>
public enum SyncStage
{
    /// <summary>Sessions are opened and the tenant is signed in to.</summary>
    Connect,

    /// <summary>Partnerships are read.</summary>
    ReadPartnerships,

    /// <summary>Mailboxes are read.</summary>
    ReadMailboxes,

    /// <summary>Managed devices are read.</summary>
    ReadManagedDevices,

    /// <summary>Users and groups are read.</summary>
    ReadUsers,

    /// <summary>Matching, deciding and planning.</summary>
    Plan,

    /// <summary>Changes are written.</summary>
    Apply,

    /// <summary>The run is recorded.</summary>
    Record,

    /// <summary>Statistics of single mailboxes are read.</summary>
    ReadStatistics,
}

/// <summary>How far a stage is.</summary>
/// <param name="Stage">The stage.</param>
/// <param name="Done">Rows or changes done.</param>
/// <param name="Total">How many there will be; null when nobody knows yet.</param>
/// <param name="Completed">True when the stage is over.</param>
public readonly record struct SyncProgress(SyncStage Stage, int Done, int? Total, bool Completed = false);

/// <summary>How a run speaks to whoever started it. Every member may be called from any thread.</summary>
public interface ISyncConsole
{
    /// <summary>Tells how far a stage is.</summary>
    /// <param name="progress">The stage and its count.</param>
    void Report(SyncProgress progress);

    /// <summary>Tells something for those who want details.</summary>
    /// <param name="message">A sentence.</param>
    void Verbose(string message);

    /// <summary>Tells something that should be looked at.</summary>
    /// <param name="message">A sentence.</param>
    void Warning(string message);

    /// <summary>Shows a change that a run would make; called only where nothing is to be written.</summary>
    /// <param name="change">The change.</param>
    void Plan(PlannedChange change);

    /// <summary>Tells what a person must do to sign in, as the code to type on another device.</summary>
    /// <param name="message">A sentence.</param>
    void Prompt(string message);
}
