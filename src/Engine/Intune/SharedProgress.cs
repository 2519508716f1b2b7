using System.Threading;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Adds up the progress of lists that make one stage together.</summary>
internal sealed class SharedProgress(ISyncConsole console, SyncStage stage)
{
    private int _done;

    /// <summary>Tells of one more page.</summary>
    /// <param name="rows">Its rows.</param>
    public void Add(int rows) => console.Report(new SyncProgress(stage, Interlocked.Add(ref _done, rows), null));

    /// <summary>Tells that the stage is over.</summary>
    public void Complete()
    {
        var done = Volatile.Read(ref _done);
        console.Report(new SyncProgress(stage, done, done, Completed: true));
    }
}
