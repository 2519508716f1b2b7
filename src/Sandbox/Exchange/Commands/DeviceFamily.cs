using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>The client families that a device command covers: its name limits them, and so does each family switch.</summary>
internal readonly struct DeviceFamily(BoundArguments arguments, bool activeSyncOnly)
{
    private readonly bool _activeSync = activeSyncOnly || arguments.Switch("ActiveSync");
    private readonly bool _owa = arguments.Switch("OWAforDevices");
    private readonly bool _rest = arguments.Switch("RestApi");
    private readonly bool _outlook = arguments.Switch("UniversalOutlook");

    public bool Includes(SandboxPartnership device)
    {
        if (!_activeSync && !_owa && !_rest && !_outlook)
            return true;

        return device.ClientType switch
        {
            "EAS" => _activeSync,
            "MOWA" => _owa,
            "REST" => _rest,
            _ => _outlook,
        };
    }
}
