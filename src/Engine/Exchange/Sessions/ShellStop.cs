using System;
using System.Management.Automation;

namespace IntuneExchangeConnector.Engine.Exchange.Sessions;

/// <summary>Asks a pipeline to stop without waiting for it.</summary>
internal static class ShellStop
{
    /// <summary>Asks; a pipeline that ended already is left alone.</summary>
    /// <param name="shell">The pipeline.</param>
    public static void Begin(PowerShell shell)
    {
        try
        {
            shell.BeginStop(End, shell);
        }
        catch (Exception gone) when (gone is ObjectDisposedException or InvalidOperationException)
        {
            // It ended in between.
        }
    }

    private static void End(IAsyncResult stopping)
    {
        try
        {
            ((PowerShell)stopping.AsyncState!).EndStop(stopping);
        }
        catch (Exception gone) when (gone is ObjectDisposedException or InvalidOperationException or RuntimeException)
        {
            // Whoever waits for the pipeline learns how it ended.
        }
    }
}
