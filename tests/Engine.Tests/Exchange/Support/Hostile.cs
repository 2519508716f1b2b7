namespace IntuneExchangeConnector.Engine.Tests.Exchange.Support;

/// <summary>What a device may call itself.</summary>
internal static class Hostile
{
    public static readonly string[] Texts =
    [
        "'; $global:pwned = 1; '", "\"$($global:pwned = 1)\"", "$(Set-Variable pwned 1 -Scope Global)", "a`nb\r\nc", "§iPhone§§", "@{Add='x'}", "| Remove-Mailbox",
        "*", "%{}", "<script>alert(1)</script>", "\u202egnp.exe", "naïve 日本 🙈", " leading and trailing ", "-Identity", "\t\u0001", new string('x', 300),
    ];
}
