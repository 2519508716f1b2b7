using System.Diagnostics;

namespace IntuneExchangeConnector.Sandbox.Exchange;

/// <summary>The end of a session as a crashed server gives it: no farewell, no half-finished clean-up.</summary>
internal static class SessionProcessEnd
{
    public static void Now()
    {
        using Process self = Process.GetCurrentProcess();
        self.Kill();
    }
}
