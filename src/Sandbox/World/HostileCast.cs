using System;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>Texts that a device or a person may carry and that must arrive everywhere as mere text.</summary>
internal static class HostileCast
{
    public static string[] Texts { get; } =
    [
        "$(Remove-Item -Recurse C:\\)",
        "x'; Clear-ActiveSyncDevice -Identity 'y",
        "\"; Get-Mailbox | Remove-Mailbox; \"",
        "`$env:TEMP`nWrite-Host",
        "line one\r\nline two\nSet-Cookie: a=b",
        "iPhone§Appl§Appl",
        "<script>alert(1)</script><img src=x onerror=alert(2)>",
        "=HYPERLINK(\"http://example.invalid\")",
        "' or 1 eq 1 or deviceName eq '",
        "*)(objectClass=*",
        "../../..\\..\\windows",
        "\u202Egnp.exe\u0000\u0007\uFEFF",
        new('A', 300),
    ];

    public static void Play(WorldBuilder builder)
    {
        int mailbox = builder.AddPerson(new("Mallory \"'; $(whoami)\" <b>,=+#\\", WorldNames.HostileMailbox));
        SandboxWorld world = builder.World;
        int user = world.Mailboxes[mailbox].UserIndex;
        int room = Math.Min(Texts.Length, (builder.Options.Partnerships - world.Partnerships.Count) / 2);
        for (int i = 0; i < room; i++)
        {
            string text = Texts[i];
            DeviceTemplate template = DeviceCatalogue.ModernPhone with { Type = i % 2 == 0 ? "iPhone" : text, Model = text, Os = text, UserAgent = text };
            SandboxPartnership partnership = builder.AddPartnership(mailbox, template, i % 3 == 0 ? null : text);
            partnership.FriendlyName = text;
            builder.AddManagedDevice(user, template with { ProductName = text, Manufacturer = text }, partnership.DeviceId, i % 2 == 0 ? "compliant" : "noncompliant");
        }

        world.Mailboxes[mailbox].AllowedDeviceIds.Add(Texts[1]);
        world.Mailboxes[mailbox].BlockedDeviceIds.Add(Texts[5]);
    }
}
