using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Runtime.Loader;
using IntuneExchangeConnector.Module.Harness;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Isolation;

/// <summary>What the build laid out.</summary>
public sealed class StagedFilesTests
{
    public static TheoryData<string> Editions => ["core", "desktop"];

    [Theory]
    [MemberData(nameof(Editions))]
    public void Only_the_module_and_its_domain_lie_in_reach_of_the_default_context(string edition)
    {
        Assert.Equal(["IntuneExchangeConnector.Domain.dll", "IntuneExchangeConnector.dll"], Names(Path.Combine("bin", edition)));
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void No_assembly_lies_in_both_places(string edition)
    {
        var private_ = Names(Path.Combine("bin", edition, "deps"));

        Assert.Contains("IntuneExchangeConnector.Engine.dll", private_);
        Assert.Empty(private_.Intersect(Names(Path.Combine("bin", edition)), StringComparer.OrdinalIgnoreCase));
        Assert.DoesNotContain("System.Management.Automation.dll", private_);
    }

    [Fact]
    public void The_engines_dependencies_are_described_and_name_neither_domain_nor_PowerShell()
    {
        var description = File.ReadAllText(Path.Combine(Places.ModuleFolder, "bin", "core", "deps", "IntuneExchangeConnector.Engine.deps.json"));

        Assert.Contains("Microsoft.Identity.Client", description);
        Assert.DoesNotContain("IntuneExchangeConnector.Domain", description);
        Assert.DoesNotContain("System.Management.Automation", description);
    }

    [Theory]
    [InlineData("core", "win-x64")]
    [InlineData("core", "win-x86")]
    [InlineData("core", "win-arm64")]
    [InlineData("core", "linux-x64")]
    [InlineData("desktop", "win-x64")]
    [InlineData("desktop", "win-x86")]
    [InlineData("desktop", "win-arm64")]
    public void The_native_store_is_there_for_each_system(string edition, string rid)
    {
        Assert.Single(Directory.GetFiles(Path.Combine(Places.ModuleFolder, "bin", edition, "deps", "runtimes", rid, "native"), "*e_sqlite3*"));
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void Every_type_of_the_module_can_be_looked_at_without_its_engine(string edition)
    {
        var context = new Bystander(Path.Combine(Places.ModuleFolder, "bin", edition));
        try
        {
            var types = context.LoadFromAssemblyPath(Path.Combine(context.Folder, "IntuneExchangeConnector.dll")).GetTypes();

            Assert.Contains(types, type => type.Name == "InvokeConnectorSyncCommand");
            foreach (var type in types.Where(type => type.IsPublic)) Assert.NotNull(type.GetMembers(BindingFlags.Public | BindingFlags.Instance | BindingFlags.DeclaredOnly));
        }
        finally
        {
            context.Unload();
        }
    }

    private static List<string> Names(string folder) =>
        [.. Directory.GetFiles(Path.Combine(Places.ModuleFolder, folder), "*.dll").Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal)];

    /// <summary>A tool that looks at the module's types: it knows the folder beside the module, and nothing of its engine.</summary>
    private sealed class Bystander(string folder) : AssemblyLoadContext("bystander", isCollectible: true)
    {
        public string Folder { get; } = folder;

        protected override Assembly? Load(AssemblyName assemblyName) =>
            File.Exists(Path.Combine(Folder, assemblyName.Name + ".dll")) ? LoadFromAssemblyPath(Path.Combine(Folder, assemblyName.Name + ".dll")) : null;
    }
}
