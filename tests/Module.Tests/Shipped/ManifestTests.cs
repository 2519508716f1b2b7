using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation.Language;
using IntuneExchangeConnector.Module.Harness;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Shipped;

public sealed class ManifestTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private static readonly IReadOnlyDictionary<string, object> s_manifest = ReadLiteral();

    [Fact]
    public void The_manifest_is_data_that_other_tools_can_read()
    {
        Assert.Equal("IntuneExchangeConnector.psm1", s_manifest["RootModule"]);
        Assert.Equal("5.1", s_manifest["PowerShellVersion"]);
        Assert.Equal(["Desktop", "Core"], (object[])s_manifest["CompatiblePSEditions"]);
    }

    [Fact]
    public void What_is_exported_is_what_the_assembly_offers()
    {
        var offered = shell.Run("param($Path) Get-Command -Module (Import-Module -Name $Path -PassThru).Name -CommandType Cmdlet | ForEach-Object Name", new() { ["Path"] = Path.Combine(Places.ModuleFolder, "bin", "core", "IntuneExchangeConnector.dll") });

        Assert.Equal(((object[])s_manifest["CmdletsToExport"]).Order(), offered.Objects.Distinct().Order());
    }

    [Theory]
    [InlineData("FunctionsToExport")]
    [InlineData("AliasesToExport")]
    [InlineData("VariablesToExport")]
    public void Nothing_else_is_exported(string key)
    {
        Assert.Empty((object[])s_manifest[key]);
    }

    [Fact]
    public void Every_format_file_is_loaded_and_every_loaded_one_exists()
    {
        var files = Directory.GetFiles(Path.Combine(Places.ModuleFolder, "Formats")).Select(path => "Formats/" + Path.GetFileName(path));

        Assert.Equal(files.Order(), ((object[])s_manifest["FormatsToProcess"]).Order());
    }

    [Fact]
    public void Every_cmdlet_says_what_it_emits_and_none_of_it_is_hidden_from_scripts()
    {
        var types = shell.Run("""
            Get-Command -Module IntuneExchangeConnector | ForEach-Object {
                foreach ($type in $_.OutputType) { "$($_.Name): $(if ($type.Type -eq [void] -or $type.Name -as [type]) { 'ok' } else { $type.Name })" }
            }
            """).Objects;

        Assert.All(types, type => Assert.EndsWith(": ok", (string)type));
        Assert.Equal(((object[])s_manifest["CmdletsToExport"]).Length, types.Select(type => ((string)type).Split(':')[0]).Distinct().Count());
    }

    [Fact]
    public void Every_cmdlet_that_changes_something_can_be_tried_first()
    {
        var without = shell.Run("Get-Command -Module IntuneExchangeConnector | Where-Object { $_.Verb -notin 'Get', 'Test' -and -not $_.Parameters.ContainsKey('WhatIf') } | ForEach-Object Name").Objects;

        Assert.Empty(without);
    }

    [Fact]
    public void Every_cmdlet_takes_a_connectors_name()
    {
        Assert.Empty(shell.Run("Get-Command -Module IntuneExchangeConnector | Where-Object { -not $_.Parameters.ContainsKey('Name') } | ForEach-Object Name").Objects);
    }

    private static Dictionary<string, object> ReadLiteral()
    {
        var tree = Parser.ParseFile(Places.Manifest, out _, out var errors);
        Assert.Empty(errors);
        var table = (HashtableAst)tree.Find(node => node is HashtableAst, searchNestedScriptBlocks: false);

        // SafeGetValue throws for anything that would have to be run.
        return table.KeyValuePairs.ToDictionary(pair => (string)pair.Item1.SafeGetValue(), pair => pair.Item2.SafeGetValue());
    }
}
