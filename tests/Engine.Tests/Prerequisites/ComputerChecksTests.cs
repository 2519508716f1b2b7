using System;
using System.Linq;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Prerequisites;
using IntuneExchangeConnector.Engine.Prerequisites.Checks;
using IntuneExchangeConnector.Engine.Prerequisites.Computer;
using IntuneExchangeConnector.Engine.Tests.Prerequisites.Support;
using IntuneExchangeConnector.Engine.Tests.Store;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Prerequisites;

public sealed class ComputerChecksTests
{
    [Fact]
    public void A_server_that_has_everything_passes_every_check()
    {
        var rows = Run(new FakeHost());

        Assert.All(rows, row => Assert.Equal(PrerequisiteStatus.Passed, row.Status));
        Assert.Equal(Requirements.All.Where(row => row.Area == PrerequisiteArea.Computer).Select(row => row.Id), rows.Select(row => row.Id));
        Assert.Equal("Windows Server 2022 Standard, build 20348", rows[0].Proof);
        Assert.Equal("The secure channel holds with \\\\dc1.contoso.com.", rows[^1].Proof);
    }

    [Fact]
    public void What_only_Windows_can_tell_is_skipped_elsewhere_and_says_so()
    {
        var rows = Run(new FakeHost { IsWindows = false, IsFramework = false, OperatingSystem = "Linux", Runtime = ".NET 8.0.1", RuntimeVersion = new(8, 0, 1), Membership = null });

        Assert.Equal(
            [PrerequisiteIds.OperatingSystem, PrerequisiteIds.InstallationType, PrerequisiteIds.DomainMembership, PrerequisiteIds.DomainTrust],
            rows.Where(row => row.Status == PrerequisiteStatus.Skipped).Select(row => row.Id));
        Assert.All(rows.Where(row => row.Status == PrerequisiteStatus.Skipped), row => Assert.Contains("Windows", row.Proof));
    }

    [Theory]
    [InlineData("Server Core", PrerequisiteStatus.Failed)]
    [InlineData("Server", PrerequisiteStatus.Passed)]
    [InlineData("Client", PrerequisiteStatus.Passed)]
    public void Server_Core_is_told_apart(string type, PrerequisiteStatus expected)
    {
        FakeHost host = new();
        host.Values["InstallationType"] = type;
        var row = Run(host).Of(PrerequisiteIds.InstallationType);

        Assert.Equal(expected, row.Status);
        Assert.Contains(type, row.Proof);
        Assert.False(row.IsRequired);
    }

    [Theory]
    [InlineData(461807, PrerequisiteStatus.Failed)]
    [InlineData(461808, PrerequisiteStatus.Passed)]
    [InlineData(533320, PrerequisiteStatus.Passed)]
    [InlineData(null, PrerequisiteStatus.Warning)]
    public void The_release_of_the_Framework_decides(int? release, PrerequisiteStatus expected)
    {
        FakeHost host = new();
        if (release is { } number) host.Values["Release"] = number;
        else host.Values.Remove("Release");

        Assert.Equal(expected, Run(host).Of(PrerequisiteIds.DotNet).Status);
    }

    [Theory]
    [InlineData("7.0.0", PrerequisiteStatus.Failed)]
    [InlineData("8.0.0", PrerequisiteStatus.Passed)]
    [InlineData("10.0.1", PrerequisiteStatus.Passed)]
    public void On_PowerShell_7_the_runtime_decides(string version, PrerequisiteStatus expected) =>
        Assert.Equal(expected, Run(new FakeHost { IsFramework = false, RuntimeVersion = Version.Parse(version), Runtime = $".NET {version}" }).Of(PrerequisiteIds.DotNet).Status);

    [Theory]
    [InlineData("5.1.20348.2849", "Desktop", PrerequisiteStatus.Passed)]
    [InlineData("5.0.10586", "Desktop", PrerequisiteStatus.Failed)]
    [InlineData("7.3.12", "Core", PrerequisiteStatus.Failed)]
    [InlineData("7.4.0", "Core", PrerequisiteStatus.Passed)]
    [InlineData("7.6.0-rc.1", "Core", PrerequisiteStatus.Passed)]
    public void Each_edition_has_an_oldest_version(string version, string edition, PrerequisiteStatus expected)
    {
        var row = Run(new FakeHost(), new ShellVersion(version, edition)).Of(PrerequisiteIds.PowerShell);

        Assert.Equal(expected, row.Status);
        Assert.Contains(version, row.Proof);
        Assert.True(row.IsRequired);
    }

    [Theory]
    [InlineData(199L << 20, PrerequisiteStatus.Failed)]
    [InlineData(200L << 20, PrerequisiteStatus.Warning)]
    [InlineData(2L << 30, PrerequisiteStatus.Passed)]
    [InlineData(null, PrerequisiteStatus.Skipped)]
    public void Free_space_has_two_limits(long? bytes, PrerequisiteStatus expected) =>
        Assert.Equal(expected, Run(new FakeHost { Space = bytes }).Of(PrerequisiteIds.DiskSpace, "/data").Status);

    [Theory]
    [InlineData((2L << 30) - 1, PrerequisiteStatus.Warning)]
    [InlineData(2L << 30, PrerequisiteStatus.Passed)]
    [InlineData(null, PrerequisiteStatus.Skipped)]
    public void Little_memory_is_a_warning(long? bytes, PrerequisiteStatus expected) =>
        Assert.Equal(expected, Run(new FakeHost { Memory = bytes }).Of(PrerequisiteIds.Memory).Status);

    [Fact]
    public void A_folder_that_cannot_be_written_stops_an_installation_with_the_systems_words()
    {
        var row = Run(new FakeHost { Unwritable = "Access to the path is denied." }).Of(PrerequisiteIds.DataFolder);

        Assert.Equal((PrerequisiteStatus.Failed, true), (row.Status, row.IsRequired));
        Assert.Contains("Access to the path is denied.", row.Proof);
        Assert.Contains("CONTOSO\\svc-intune", row.Proof);
    }

    [Theory]
    [InlineData(0, PrerequisiteStatus.Passed, "")]
    [InlineData(5, PrerequisiteStatus.Skipped, "Test-ComputerSecureChannel")]
    [InlineData(1311, PrerequisiteStatus.Failed, "-Repair")]
    [InlineData(1789, PrerequisiteStatus.Failed, "-Repair")]
    public void The_state_of_the_secure_channel_is_Windows_own_code(int code, PrerequisiteStatus expected, string remedy)
    {
        var row = Run(new FakeHost { Channel = new(code, null) }).Of(PrerequisiteIds.DomainTrust, "CONTOSO");

        Assert.Equal(expected, row.Status);
        Assert.Contains(remedy, row.Remedy);
    }

    [Fact]
    public void A_computer_in_a_workgroup_is_warned_of_and_has_no_trust_to_ask_about()
    {
        var rows = Run(new FakeHost { Membership = new(false, "WORKGROUP") });

        Assert.Equal(PrerequisiteStatus.Warning, rows.Of(PrerequisiteIds.DomainMembership).Status);
        Assert.Equal(PrerequisiteStatus.Skipped, rows.Of(PrerequisiteIds.DomainTrust).Status);
    }

    [Fact]
    public void This_computer_tells_its_facts_and_keeps_nothing()
    {
        using TemporaryFolder folder = new();
        HostFacts host = new();
        var wanted = System.IO.Path.Combine(folder.Path, "not", "yet");

        Assert.Null(host.WriteFault(wanted));
        Assert.True(host.FreeSpace(wanted) > 0);
        Assert.NotEmpty(host.OperatingSystem);
        Assert.False(host.IsFramework);
        Assert.Empty(System.IO.Directory.EnumerateFileSystemEntries(folder.Path));
    }

    private static PrerequisiteCheck[] Run(FakeHost host, ShellVersion? shell = null)
    {
        PrerequisiteCheck[] rows = [.. new ComputerChecks(host, host, "/data", shell ?? new ShellVersion("5.1.20348.1", "Desktop")).Run()];
        rows.AssertComplete();
        return rows;
    }
}
