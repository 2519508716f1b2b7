using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>Objects that Exchange keeps for itself and shows only to those who ask.</summary>
internal static class SystemObjects
{
    public static bool IsMonitoring(SandboxMailbox mailbox) => mailbox.RecipientTypeDetails == "MonitoringMailbox";
}
