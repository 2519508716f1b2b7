using System;
using System.IO;
using System.Runtime.InteropServices;
using IntuneExchangeConnector.Engine.Store;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Store;

public sealed class NativeSqliteTests
{
    [Theory]
    [InlineData(Architecture.X64, "win-x64")]
    [InlineData(Architecture.X86, "win-x86")]
    [InlineData(Architecture.Arm64, "win-arm64")]
    public void The_desktop_framework_is_given_the_library_of_its_process(Architecture architecture, string runtime) =>
        Assert.Equal(
            Path.Combine("deps", "runtimes", runtime, "native", "e_sqlite3.dll"),
            NativeSqlite.PathFor(".NET Framework 4.8.4300.0", architecture, "deps"));

    [Theory]
    [InlineData(".NET 8.0.1")]
    [InlineData(".NET Core 3.1.0")]
    public void Newer_runtimes_find_it_themselves(string framework) => Assert.Null(NativeSqlite.PathFor(framework, Architecture.X64, "deps"));

    [Fact]
    public void An_architecture_without_a_library_is_told() =>
        Assert.Throws<DllNotFoundException>(() => NativeSqlite.PathFor(".NET Framework 4.8", Architecture.Arm, "deps"));
}
