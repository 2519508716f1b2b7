namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>What stands behind a partnership.</summary>
public enum DevicePlatform
{
    Ios,
    Android,
    WindowsPc,
    Mac,

    /// <summary>Phones that no device management of today knows.</summary>
    Legacy,

    /// <summary>The cloud service that syncs for Outlook.</summary>
    OutlookService,

    /// <summary>Probes and testers: no device at all.</summary>
    System,
}

/// <summary>How a client makes up its device id.</summary>
internal enum DeviceIdPattern
{
    /// <summary>26 capital letters and digits.</summary>
    Apple,

    /// <summary><c>Appl</c> and the serial number, up to iOS 6.</summary>
    AppleSerial,

    /// <summary><c>androidc</c> and ten digits.</summary>
    AndroidCounter,

    /// <summary><c>android</c> and thirteen digits.</summary>
    AndroidClock,

    /// <summary>16 small hexadecimal digits.</summary>
    AndroidHex,

    /// <summary><c>SEC</c> and thirteen hexadecimal digits.</summary>
    Samsung,

    /// <summary><c>HTC</c> and thirteen small hexadecimal digits.</summary>
    Htc,

    /// <summary>The hexadecimal form of <c>ninec</c> and ten digits.</summary>
    Nine,

    /// <summary>14 hexadecimal digits of a mobile equipment id.</summary>
    Meid,

    /// <summary><c>IMEI</c> and fifteen digits.</summary>
    Imei,

    Hex16,
    Hex32,
    LowerHex32,

    /// <summary>Ten digits, one number for each pair of servers.</summary>
    ConnectivityTest,

    Probe,

    /// <summary>The literal <c>validate</c>.</summary>
    Validate,
}

/// <summary>One client as the field sends it; several partnerships are made from each.</summary>
internal sealed record DeviceTemplate(
    int Weight,
    DevicePlatform Platform,
    string Type,
    string? Model,
    string? Os,
    string? UserAgent,
    DeviceIdPattern Id,
    string Protocol = "16.1",
    string ClientType = "EAS",
    string? ProductName = null,
    string? Manufacturer = null);
