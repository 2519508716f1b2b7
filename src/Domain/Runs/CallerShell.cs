using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>
/// What the caller's own shell lends a command. Sessions are opaque here, because only the Exchange side knows PowerShell's types.
/// </summary>
public sealed class CallerShell
{
    /// <summary>Creates the loan.</summary>
    /// <param name="sessions">Open <c>PSSession</c> objects; empty for none.</param>
    /// <param name="runOnPipelineThread">Runs an action on the thread that owns the caller's runspace and completes when it has ended.</param>
    public CallerShell(IReadOnlyList<object> sessions, Func<Action, Task> runOnPipelineThread)
    {
        Sessions = sessions;
        RunOnPipelineThread = runOnPipelineThread;
    }

    /// <summary>Open <c>PSSession</c> objects that the caller passed; they stay the caller's.</summary>
    public IReadOnlyList<object> Sessions { get; }

    /// <summary>Runs an action on the thread that owns the caller's runspace.</summary>
    public Func<Action, Task> RunOnPipelineThread { get; }

    /// <summary>The shell's version; null where it does not tell.</summary>
    public ShellVersion? Version { get; init; }
}
