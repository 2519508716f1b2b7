using System;
using System.Collections.Generic;
using System.Linq;
using static IntuneExchangeConnector.Sandbox.World.DeviceIdPattern;
using static IntuneExchangeConnector.Sandbox.World.DevicePlatform;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>
/// The fleet of the field, in families whose weights are per thousand partnerships. An Apple user agent carries the model with C
/// for the comma and the build with its letter as two digits; what a client leaves out stays null.
/// </summary>
internal static class DeviceCatalogue
{
    private const string OutlookModel = "Outlook for iOS and Android";
    private const string OutlookAgent = "Outlook-iOS-Android/1.0";

    public static DeviceTemplate ModernPhone { get; } = new(60, Ios, "iPhone", "iPhone16C1", "iOS 18.5 22F76", "Apple-iPhone16C1/2206.76", Apple, ProductName: "iPhone 15 Pro", Manufacturer: "Apple");

    public static DeviceTemplate Tablet { get; } = new(22, Ios, "iPad", "iPad13C8", "iOS 17.7.2 21H221", "Apple-iPad13C8/2108.221", Apple, ProductName: "iPad Pro 12.9", Manufacturer: "Apple");

    /// <summary>Its system has an access rule of its own in every world.</summary>
    public static DeviceTemplate AgedPhone { get; } = new(2, Ios, "iPhone", "iPhone4C1", "iOS 6.1.3 10B329", "Apple-iPhone4C1/1002.329", AppleSerial, "14.1", ProductName: "iPhone 4S", Manufacturer: "Apple");

    public static DeviceTemplate SamsungPhone { get; } = new(60, Android, "SAMSUNGSMG991B", "SM-G991B", "Android 13", "Android-SAMSUNG-SM-G991B/101.13", Samsung, ProductName: "SM-G991B", Manufacturer: "samsung");

    public static DeviceTemplate PixelPhone { get; } = new(30, Android, "Android", "Pixel 6", "Android 13", "Android/13-EAS-2.0", AndroidClock, ProductName: "Pixel 6", Manufacturer: "Google");

    public static DeviceTemplate OutlookService { get; } = new(150, DevicePlatform.OutlookService, "OutlookService", "OutlookService", null, "OutlookService", Hex32);

    public static DeviceTemplate OutlookApp { get; } = new(40, Ios, "Outlook", OutlookModel, "iOS 17.4.1", OutlookAgent, LowerHex32, "14.1", "REST", "iPhone 13", "Apple");

    public static DeviceTemplate WindowsPhone { get; } = new(10, Legacy, "WP8", "Lumia 920", "Windows Phone 8.0", "MSFT-WP/8.0", Hex32, "14.1");

    public static DeviceTemplate ConnectivityTest { get; } = new(0, DevicePlatform.System, "TestActiveSyncConnectivity", null, null, "TestActiveSyncConnectivity", DeviceIdPattern.ConnectivityTest, "14.0");

    public static DeviceTemplate Probe { get; } = new(0, DevicePlatform.System, "EASProbeDeviceType", null, null, null, DeviceIdPattern.Probe, "14.1");

    /// <summary>What an analyser leaves behind that only ever sent OPTIONS.</summary>
    public static DeviceTemplate OptionsOnly { get; } = new(0, DevicePlatform.System, "", null, null, null, Validate, "14.1");

    /// <summary>Every client that people use, with its weight.</summary>
    public static IReadOnlyList<DeviceTemplate> Fleet { get; } =
    [
        ModernPhone, Tablet, AgedPhone,
        new(55, Ios, "iPhone", "iPhone17C1", "iOS 26.1 23B85", "Apple-iPhone17C1/2302.85", Apple, ProductName: "iPhone 16 Pro", Manufacturer: "Apple"),
        new(50, Ios, "iPhone", "iPhone14C5", "iOS 17.4.1 21E236", "Apple-iPhone14C5/2105.236", Apple, ProductName: "iPhone 13", Manufacturer: "Apple"),
        new(45, Ios, "iPhone", "iPhone15C3", "iOS 17.5.1 21F90", "Apple-iPhone15C3/2106.90", Apple, ProductName: "iPhone 14 Pro Max", Manufacturer: "Apple"),
        new(40, Ios, "iPhone", "iPhone14C3", "iOS 18.1 22B83", "Apple-iPhone14C3/2202.83", Apple, ProductName: "iPhone 13 Pro Max", Manufacturer: "Apple"),
        new(35, Ios, "iPhone", "iPhone13C2", "iOS 16.7.10 20H350", "Apple-iPhone13C2/2008.350", Apple, ProductName: "iPhone 12", Manufacturer: "Apple"),
        new(25, Ios, "iPhone", "iPhone12C1", "iOS 15.8.3 19H386", "Apple-iPhone12C1/1908.386", Apple, ProductName: "iPhone 11", Manufacturer: "Apple"),
        new(12, Ios, "iPhone", "iPhone8C4", "iOS 11.2.6 15D100", "Apple-iPhone8C4/1504.100", Apple, ProductName: "iPhone SE", Manufacturer: "Apple"),
        new(8, Ios, "iPhone", "iPhone9C1", null, "Apple-iPhone9C1", Apple, ProductName: "iPhone 7", Manufacturer: "Apple"),
        new(6, Ios, "iPhone", "iPhone8C2", null, "Apple-iPhone8C2/1607.77", Apple, ProductName: "iPhone 6s Plus", Manufacturer: "Apple"),
        new(4, Ios, "iPhone", "MWLY2ZD/A", "iOS 26.1 (23B85)", "Apple-iPhone14C1/2101.331", Apple, ProductName: "iPhone 13 mini", Manufacturer: "Apple"),
        new(3, Ios, "iPhone", "iPhone6C1", "iOS 9.0.2 13A452", "Apple-iPhone6C1/1104.201", AppleSerial, "14.1", ProductName: "iPhone 5s", Manufacturer: "Apple"),
        new(8, Ios, "iPad", "iPad5C3", null, "Apple-iPad5C3/1407.60", Apple, ProductName: "iPad Air 2", Manufacturer: "Apple"),
        new(3, Ios, "iPad", "iPad4C5", "iOS 8.3 12F69", "Apple-iPad4C5/1206.69", AppleSerial, "14.1", ProductName: "iPad mini 2", Manufacturer: "Apple"),
        new(2, Ios, "iPod", "iPod5C1", "iOS 7.0.4", "Apple-iPod5C1/1102.55400001", AppleSerial, "14.1", ProductName: "iPod touch", Manufacturer: "Apple"),

        OutlookService, OutlookApp,
        new(35, Android, "Outlook", OutlookModel, "Android 13", OutlookAgent, Hex16, "14.1", "EAS", "SM-A515F", "samsung"),
        new(30, Ios, "Outlook", OutlookModel, null, "Outlook-iOS/2.0", Hex32, "14.1", "Outlook", "iPhone 14", "Apple"),
        new(15, Android, "Outlook", OutlookModel, "OutlookBasicAuth", OutlookAgent, Hex16, "14.1", "EAS", "Pixel 6", "Google"),

        SamsungPhone, PixelPhone,
        new(30, Android, "Android", "SM-A515F", "Android 11", "Android-SAMSUNG-SM-A515F/101.10", Samsung, ProductName: "SM-A515F", Manufacturer: "samsung"),
        new(20, Android, "Android", null, "Android 14", "Android-14/", AndroidHex, ProductName: "Pixel 8", Manufacturer: "Google"),
        new(20, Android, "Android", null, "Android 12", "Android/12.0.0-EAS-2.0", AndroidCounter, ProductName: "moto g52", Manufacturer: "motorola"),
        new(10, Android, "SAMSUNGSMN900V", "SM-N900V", "Android", "SAMSUNG-SM-N900V/101.403", Samsung, "14.1", ProductName: "SM-N900V", Manufacturer: "samsung"),
        new(10, Android, "Android", "Android", "Android 5.0.2", "Android/5.0.2-EAS-2.0", AndroidCounter, "14.1", ProductName: "Nexus 5", Manufacturer: "LGE"),

        new(35, Android, "Android", "hltevzw", "Android 4.4.2.N900VVRUCNC4", "hltevzw/KOT49H", Nine, "14.1", ProductName: "SM-N900V", Manufacturer: "samsung"),
        new(25, Android, "Android", "Android Device", "Android 12", "Android/12-EAS-2.0", AndroidClock, ProductName: "CPH2211", Manufacturer: "OPPO"),
        new(5, Android, "Android", "HTCOnemini2", "Android 4.4.2", "HTCOnemini2", Htc, "14.1", ProductName: "HTC One mini 2", Manufacturer: "HTC"),
        new(5, Android, "Android", null, "Android", "Android-Mail/7.5", AndroidCounter, "14.1", ProductName: "Nokia 7.2", Manufacturer: "HMD Global"),

        new(20, WindowsPc, "WindowsMail", null, "Windows 10", "microsoft.windowscommunicationsapps", Hex32, ProductName: "Latitude 5430", Manufacturer: "Dell Inc."),
        new(15, WindowsPc, "UniversalOutlook", null, "WINDOWS", "microsoft.windowscommunicationsapps", Hex32, ProductName: "Surface Pro 9", Manufacturer: "Microsoft Corporation"),
        new(15, WindowsPc, "WindowsOutlook15", null, "Windows", "Outlook/16.0 (16.0.17328; C2R; x64)", Hex32, ProductName: "ThinkPad T14", Manufacturer: "LENOVO"),

        WindowsPhone,
        new(5, Legacy, "WP8", "RM-1104_12707", "Windows 10.0.15063", "MSFT-WIN-4/10.0.15063", Hex32, "14.1"),
        new(5, Legacy, "Android", "TouchDown", "Android", "TouchDown(MSRPC)/7.1.0005", Hex32, "12.1"),
        new(3, Legacy, "MailforExchange", "NokiaE52", "S60", "NokiaE521/2.00()MailforExchange", Imei, "2.5"),
        new(3, Legacy, "BlackBerry", "BlackBerry UEM client", "iOS 17", "BlackBerry-Work", Apple),
        new(2, Legacy, "Thunderbird", null, "Windows", "Thunderbird-EAS/1.0", Hex32),
        new(2, Legacy, "Android", "DROID", "Android 2.1", "MOTOROLA-Droid(4D6F7869SAM)/2.1707", Meid, "2.5"),
    ];

    /// <summary>Managed, and never a partnership.</summary>
    public static IReadOnlyList<DeviceTemplate> Computers { get; } =
    [
        new(0, WindowsPc, "", null, "Windows", null, Hex32, ProductName: "Latitude 7440", Manufacturer: "Dell Inc."),
        new(0, WindowsPc, "", null, "Windows", null, Hex32, ProductName: "Surface Laptop 5", Manufacturer: "Microsoft Corporation"),
        new(0, Mac, "", null, "macOS 15.5", null, Hex32, ProductName: "MacBook Air", Manufacturer: "Apple"),
    ];

    private static readonly int[] s_cumulative = Cumulate();

    public static DeviceTemplate Pick(ref EntityRandom random)
    {
        int place = Array.BinarySearch(s_cumulative, random.Below(s_cumulative[^1]) + 1);
        return Fleet[place < 0 ? ~place : place];
    }

    private static int[] Cumulate()
    {
        int sum = 0;
        return [.. Fleet.Select(template => sum += template.Weight)];
    }
}
