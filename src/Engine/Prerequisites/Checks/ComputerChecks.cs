using System;
using System.Collections.Generic;
using System.Globalization;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Prerequisites.Computer;

namespace IntuneExchangeConnector.Engine.Prerequisites.Checks;

/// <summary>What the connector needs of the computer that it runs on.</summary>
internal sealed class ComputerChecks(IHostFacts host, IRegistry registry, string folder, ShellVersion? shell)
{
    public const string WindowsKey = @"SOFTWARE\Microsoft\Windows NT\CurrentVersion";
    public const string FrameworkKey = @"SOFTWARE\Microsoft\NET Framework Setup\NDP\v4\Full";

    // The release that Windows lists for .NET Framework 4.7.2.
    public const int FrameworkRelease = 461808;

    public const long LittleMemory = 2L << 30;
    public const long LittleSpace = 2L << 30;
    public const long NoSpace = 200L << 20;

    private const string ThisComputer = "this computer";
    private const string NotWindows = "Only Windows can tell; this is another system.";
    private const int AccessDenied = 5;

    private static readonly Version s_oldestShell = new(5, 1);
    private static readonly Version s_oldestCore = new(7, 4);

    public IEnumerable<PrerequisiteCheck> Run()
    {
        yield return OperatingSystem();
        yield return InstallationType();
        yield return DotNet();
        yield return PowerShell();
        yield return Memory();
        yield return DiskSpace();
        yield return DataFolder();
        var domain = host.IsWindows ? host.Domain() : null;
        yield return Membership(domain);
        yield return Trust(domain);
    }

    private PrerequisiteCheck OperatingSystem()
    {
        var row = Requirements.OperatingSystem;
        if (!host.IsWindows) return row.Skipped(ThisComputer, $"{host.OperatingSystem}: sessions over WSMan, as Exchange offers them, need Windows.");
        var build = registry.Text(WindowsKey, "CurrentBuildNumber");
        var name = registry.Text(WindowsKey, "ProductName") ?? host.OperatingSystem;
        var proof = build is null ? name : $"{name}, build {build}";

        // 14393 is Windows Server 2016 and Windows 10 1607: older ones get no security updates.
        return int.TryParse(build, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number < 14393
            ? row.Warning(ThisComputer, proof, "Move the connector to Windows Server 2016 or later.")
            : row.Passed(ThisComputer, proof);
    }

    private PrerequisiteCheck InstallationType()
    {
        var row = Requirements.InstallationType;
        if (!host.IsWindows) return row.Skipped(ThisComputer, NotWindows);
        return registry.Text(WindowsKey, "InstallationType") switch
        {
            null => row.Skipped(ThisComputer, $"HKLM\\{WindowsKey} does not tell its InstallationType."),
            "Server Core" => row.Failed(ThisComputer, "InstallationType is Server Core.", "Use a server with desktop; where there is none, sign in with -CertificateThumbprint, because a browser needs one."),
            var type => row.Passed(ThisComputer, $"InstallationType is {type}."),
        };
    }

    private PrerequisiteCheck DotNet()
    {
        var row = Requirements.DotNet;
        if (!host.IsFramework)
        {
            return host.RuntimeVersion.Major >= 8
                ? row.Passed(ThisComputer, host.Runtime)
                : row.Failed(ThisComputer, host.Runtime, "Use PowerShell 7.4 or later, which brings .NET 8 or later.");
        }

        return registry.Number(FrameworkKey, "Release") switch
        {
            null => row.Warning(ThisComputer, $"{host.Runtime}; HKLM\\{FrameworkKey} does not tell its Release.", "Install .NET Framework 4.7.2 or later."),
            < FrameworkRelease and var release => row.Failed(ThisComputer, $"{host.Runtime}, release {release}; 4.7.2 is release {FrameworkRelease}.", "Install .NET Framework 4.7.2 or later, and restart PowerShell."),
            var release => row.Passed(ThisComputer, $"{host.Runtime}, release {release}."),
        };
    }

    private PrerequisiteCheck PowerShell()
    {
        var row = Requirements.PowerShell;
        if (shell is null) return row.Skipped(ThisComputer, "There is no shell here.");
        var proof = $"PowerShell {shell.Version}, edition {shell.Edition}";
        var oldest = shell.IsCore ? s_oldestCore : s_oldestShell;
        return shell.Number is null || shell.Number >= oldest
            ? row.Passed(ThisComputer, proof)
            : row.Failed(ThisComputer, proof, $"Use {(shell.IsCore ? "PowerShell 7.4" : "Windows PowerShell 5.1")} or later.");
    }

    private PrerequisiteCheck Memory()
    {
        var row = Requirements.Memory;
        if (host.Memory is not { } bytes) return row.Skipped(ThisComputer, "The system does not tell.");
        return bytes < LittleMemory
            ? row.Warning(ThisComputer, Size(bytes), $"Give the computer {Size(LittleMemory)} or more: a read of 100,000 devices is held in memory.")
            : row.Passed(ThisComputer, Size(bytes));
    }

    private PrerequisiteCheck DiskSpace()
    {
        var row = Requirements.DiskSpace;
        if (host.FreeSpace(folder) is not { } bytes) return row.Skipped(folder, "The system does not tell; a share has no drive of its own.");
        var remedy = "Make room, or name another folder with the environment variable INTUNE_EXCHANGE_CONNECTOR_HOME.";
        return bytes switch
        {
            < NoSpace => row.Failed(folder, $"{Size(bytes)} free", remedy),
            < LittleSpace => row.Warning(folder, $"{Size(bytes)} free", remedy),
            _ => row.Passed(folder, $"{Size(bytes)} free"),
        };
    }

    private PrerequisiteCheck DataFolder() => host.WriteFault(folder) is { } fault
        ? Requirements.DataFolder.Failed(folder, $"A file cannot be written as {host.Account}: {fault}", "Give the account the right to modify the folder, or name another one with the environment variable INTUNE_EXCHANGE_CONNECTOR_HOME.")
        : Requirements.DataFolder.Passed(folder, $"A file was written and removed as {host.Account}.");

    private PrerequisiteCheck Membership(DomainMembership? domain)
    {
        var row = Requirements.DomainMembership;
        if (!host.IsWindows) return row.Skipped(ThisComputer, NotWindows);
        return domain switch
        {
            null => row.Skipped(ThisComputer, "Windows does not tell."),
            { IsJoined: true } => row.Passed(ThisComputer, $"Member of {domain.Name}."),
            _ => row.Warning(ThisComputer, $"Not a member of a domain (workgroup {domain.Name}): Kerberos needs one.", "Add-Computer -DomainName <domain> -Restart; or reach Exchange over https with -ExchangeUri."),
        };
    }

    private PrerequisiteCheck Trust(DomainMembership? domain)
    {
        var row = Requirements.DomainTrust;
        if (!host.IsWindows) return row.Skipped(ThisComputer, NotWindows);
        if (domain is not { IsJoined: true }) return row.Skipped(ThisComputer, "The computer is not a member of a domain.");
        var trust = host.Trust(domain.Name);
        const string Command = "Test-ComputerSecureChannel -Verbose";
        return trust.Code switch
        {
            0 => row.Passed(domain.Name, trust.DomainController is null ? "The secure channel holds." : $"The secure channel holds with {trust.DomainController}."),
            AccessDenied => row.Skipped(domain.Name, "Windows shows the secure channel to administrators only.", $"{Command}, as an administrator."),
            _ => row.Failed(domain.Name, $"The secure channel is broken: Windows error {trust.Code.ToString(CultureInfo.InvariantCulture)}.", $"{Command} -Repair, as an administrator."),
        };
    }

    private static string Size(long bytes) => bytes >= 1L << 30
        ? string.Format(CultureInfo.InvariantCulture, "{0:0.#} GB", bytes / (double)(1L << 30))
        : string.Format(CultureInfo.InvariantCulture, "{0:0} MB", bytes / (double)(1L << 20));
}
