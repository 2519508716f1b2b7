using System;
using System.Text;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Intune;

internal sealed partial class GraphAddresses
{
    /// <summary>Lets Intune be asked to synchronise one.</summary>
    public const string ConnectorSyncPermission = "DeviceManagementServiceConfig.ReadWrite.All";

    /// <summary>The Exchange connectors that Intune lists.</summary>
    public GraphRequest ExchangeConnectors() => new()
    {
        Address = new(root, "deviceManagement/exchangeConnectors"),
        Subject = "Exchange connectors of Intune",
        Permission = ServicePermission,
    };

    /// <summary>Asks for a sync of one of them; it must not arrive twice.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="kind">What kind of sync.</param>
    public GraphRequest SynchronizeConnector(string id, SyncKind kind) => new()
    {
        Address = new(root, $"deviceManagement/exchangeConnectors/{Uri.EscapeDataString(id)}/sync"),
        Subject = "sync of Intune's Exchange connector",
        Permission = ConnectorSyncPermission,
        Body = Encoding.UTF8.GetBytes(kind == SyncKind.Full ? "{\"syncType\":\"fullSync\"}" : "{\"syncType\":\"deltaSync\"}"),
        IsSentOnce = true,
    };
}
