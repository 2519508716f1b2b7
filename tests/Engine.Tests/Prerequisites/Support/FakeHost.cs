using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Engine.Prerequisites.Computer;

namespace IntuneExchangeConnector.Engine.Tests.Prerequisites.Support;

/// <summary>A Windows server that has everything, unless a test takes something away.</summary>
internal sealed class FakeHost : IHostFacts, IRegistry
{
    public bool IsWindows { get; init; } = true;

    public string OperatingSystem { get; init; } = "Microsoft Windows 10.0.20348";

    public string Runtime { get; init; } = ".NET Framework 4.8.4718.0";

    public Version RuntimeVersion { get; init; } = new(4, 0, 30319, 42000);

    public bool IsFramework { get; init; } = true;

    public long? Memory { get; init; } = 16L << 30;

    public long? Space { get; init; } = 100L << 30;

    public string? Unwritable { get; init; }

    public string Account { get; init; } = "CONTOSO\\svc-intune";

    public DomainMembership? Membership { get; init; } = new(true, "CONTOSO");

    public DomainTrust Channel { get; init; } = new(0, "\\\\dc1.contoso.com");

    public WinHttpProxy? Configured { get; init; } = new(null, null);

    public Dictionary<string, object> Values { get; } = new()
    {
        ["ProductName"] = "Windows Server 2022 Standard", ["CurrentBuildNumber"] = "20348", ["InstallationType"] = "Server", ["Release"] = 528449,
    };

    public DomainMembership? Domain() => Membership;

    public DomainTrust Trust(string domain) => Channel;

    public WinHttpProxy? Proxy() => Configured;

    public long? FreeSpace(string folder) => Space;

    public string? WriteFault(string folder) => Unwritable;

    public string? Text(string key, string name) => Values.GetValueOrDefault(name) as string;

    public int? Number(string key, string name) => Values.GetValueOrDefault(name) as int?;
}
