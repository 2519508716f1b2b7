using System;
using System.Text;

namespace IntuneExchangeConnector.Sandbox.World;

internal static class DeviceIds
{
    private const string Digits = "0123456789";
    private const string Upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789";
    private const string Hex = "0123456789ABCDEF";
    private const string LowerHex = "0123456789abcdef";

    public static string Next(ref EntityRandom random, DeviceIdPattern pattern) => pattern switch
    {
        DeviceIdPattern.Apple => random.NextText("", Upper, 26),
        DeviceIdPattern.AppleSerial => random.NextText("Appl", Upper, 16),
        DeviceIdPattern.AndroidCounter => random.NextText("androidc", Digits, 18),
        DeviceIdPattern.AndroidClock => random.NextText("android", Digits, 20),
        DeviceIdPattern.AndroidHex => random.NextText("", LowerHex, 16),
        DeviceIdPattern.Samsung => random.NextText("SEC", Hex, 16),
        DeviceIdPattern.Htc => random.NextText("HTC", LowerHex, 16),
        DeviceIdPattern.Nine => Convert.ToHexString(Encoding.ASCII.GetBytes(random.NextText("ninec", Digits, 15))),
        DeviceIdPattern.Meid => random.NextText("", Hex, 14),
        DeviceIdPattern.Imei => random.NextText("IMEI", Digits, 19),
        DeviceIdPattern.Hex16 => random.NextText("", Hex, 16),
        DeviceIdPattern.Hex32 => random.NextText("", Hex, 32),
        DeviceIdPattern.LowerHex32 => random.NextText("", LowerHex, 32),
        DeviceIdPattern.ConnectivityTest => random.NextText("", Digits, 10),
        DeviceIdPattern.Probe => random.NextText("EASProbeDeviceId", Digits, 28),
        DeviceIdPattern.Validate => "validate",
        _ => throw new ArgumentOutOfRangeException(nameof(pattern)),
    };
}
