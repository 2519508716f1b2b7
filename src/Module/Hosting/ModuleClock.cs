using System;
using System.Diagnostics;

namespace IntuneExchangeConnector.Module.Hosting;

/// <summary>
/// The module's only clock. TimeProvider is in the base library of PowerShell 7 alone; for Windows PowerShell it is a package, and
/// no package may be loaded beside the module.
/// </summary>
internal class ModuleClock
{
    /// <summary>The machine's clock.</summary>
    public static ModuleClock System { get; } = new();

    /// <summary>The instant, UTC.</summary>
#pragma warning disable RS0030 // The one place where the module asks the machine.
    public virtual DateTimeOffset UtcNow => DateTimeOffset.UtcNow;
#pragma warning restore RS0030

    /// <summary>Time since some fixed instant; never steps back.</summary>
    public virtual TimeSpan Elapsed => TimeSpan.FromSeconds((double)Stopwatch.GetTimestamp() / Stopwatch.Frequency);
}
