using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using IntuneExchangeConnector.Module.Harness;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Shipped;

public sealed partial class HelpTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private static readonly XNamespace s_command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace s_maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace s_dev = "http://schemas.microsoft.com/maml/dev/2004/10";
    private static readonly Dictionary<string, XElement> s_help = XDocument.Load(Path.Combine(Places.ModuleFolder, "en-US", "IntuneExchangeConnector.dll-Help.xml"))
        .Descendants(s_command + "command").ToDictionary(command => command.Descendants(s_command + "name").First().Value);

    public static TheoryData<string> Cmdlets => [.. Directory.GetFiles(Path.Combine(Places.RepositoryRoot, "docs", "cmdlets"), "*.md").Select(path => Path.GetFileNameWithoutExtension(path))];

    [Fact]
    public void Every_cmdlet_has_a_page_and_an_entry_and_nothing_else_has()
    {
        var exported = shell.Run("(Get-Module IntuneExchangeConnector).ExportedCmdlets.Keys").Objects.Cast<string>().Order().ToList();

        Assert.Equal(exported, Cmdlets.Select(row => row.Data).Order());
        Assert.Equal(exported, s_help.Keys.Order());
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_parameter_is_described_in_both_and_nothing_is_that_does_not_exist(string cmdlet)
    {
        var parameters = shell.Run("""
            param($Name)
            $common = [System.Management.Automation.PSCmdlet]::CommonParameters
            (Get-Command $Name).Parameters.Keys | Where-Object { $_ -notin $common }
            """, new() { ["Name"] = cmdlet }).Objects.Cast<string>().Order().ToList();
        var entry = s_help[cmdlet].Element(s_command + "parameters")!.Elements(s_command + "parameter").ToList();

        Assert.Equal(parameters, ParameterHeading().Matches(Page(cmdlet)).Select(match => match.Groups[1].Value).Order());
        Assert.Equal(parameters, entry.Select(parameter => parameter.Element(s_maml + "name")!.Value).Order());
        Assert.All(entry, parameter => Assert.NotEmpty(parameter.Descendants(s_maml + "para").First().Value));
        Assert.All(ParameterHeading().Matches(Page(cmdlet)), match => Assert.Matches(@"\S", match.Groups[2].Value));
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Three_examples_or_more_are_worked_and_say_what_they_do(string cmdlet)
    {
        var examples = s_help[cmdlet].Descendants(s_command + "example").ToList();

        Assert.True(examples.Count >= 3, $"{cmdlet} has {examples.Count} examples.");
        Assert.All(examples, example =>
        {
            Assert.NotEmpty(example.Element(s_dev + "code")!.Value);
            Assert.NotEmpty(example.Element(s_dev + "remarks")!.Value.Trim());
        });
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void Every_example_can_be_typed(string cmdlet)
    {
        foreach (var code in s_help[cmdlet].Descendants(s_dev + "code").Select(element => element.Value).Where(code => !code.Contains("<Tab>")))
        {
            var tree = System.Management.Automation.Language.Parser.ParseInput(code, out _, out var errors);
            Assert.Empty(errors);

            // Parameters of our own cmdlets that an example uses, as PowerShell itself would resolve them.
            var unknown = shell.Run("""
                param($Tree)
                foreach ($command in $Tree.FindAll({ $args[0] -is [System.Management.Automation.Language.CommandAst] }, $true)) {
                    $known = Get-Command $command.GetCommandName() -ErrorAction Ignore
                    if (-not $known -or $known.Source -ne 'IntuneExchangeConnector') { continue }
                    foreach ($parameter in $command.CommandElements.Where({ $_ -is [System.Management.Automation.Language.CommandParameterAst] })) {
                        if (-not $known.Parameters.ContainsKey($parameter.ParameterName)) { "$known -$($parameter.ParameterName)" }
                    }
                }
                """, new() { ["Tree"] = tree });
            Assert.Empty(unknown.Lines);
        }
    }

    [Theory]
    [MemberData(nameof(Cmdlets))]
    public void The_committed_help_says_what_the_page_says(string cmdlet)
    {
        var page = Page(cmdlet);
        var synopsis = s_help[cmdlet].Element(s_command + "details")!.Element(s_maml + "description")!.Value.Trim();

        Assert.Contains($"## SYNOPSIS\n\n{synopsis}\n", page);
        Assert.All(s_help[cmdlet].Descendants(s_dev + "code"), code => Assert.Contains(code.Value, page));
        Assert.All(
            s_help[cmdlet].Element(s_command + "parameters")!.Elements(s_command + "parameter"),
            parameter => Assert.Contains(parameter.Element(s_maml + "description")!.Descendants(s_maml + "para").First().Value, page));
        Assert.Equal(page.Split("\n### Example ").Length - 1, s_help[cmdlet].Descendants(s_command + "example").Count());
        Assert.DoesNotContain("{{", page);
    }

    [Fact]
    public void Get_Help_finds_the_help()
    {
        Assert.Equal(["Runs a sync: reads Exchange and Intune, decides for every device, and writes the few changes that make Exchange agree."], shell.Run("(Get-Help Invoke-ConnectorSync).Synopsis").Objects);
    }

    [Fact]
    public void The_overview_is_there_and_names_only_what_exists()
    {
        var overview = File.ReadAllText(Path.Combine(Places.ModuleFolder, "en-US", "about_IntuneExchangeConnector.help.txt"));
        var named = CmdletName().Matches(overview).Select(match => match.Value).Distinct();

        Assert.All(named, name => Assert.Contains(name, s_help.Keys));
    }

    private static string Page(string cmdlet) =>
        File.ReadAllText(Path.Combine(Places.RepositoryRoot, "docs", "cmdlets", cmdlet + ".md")).ReplaceLineEndings("\n");

    [GeneratedRegex(@"\n### -(\w+)\n\n([^`]*)```yaml", RegexOptions.CultureInvariant)]
    private static partial Regex ParameterHeading();

    [GeneratedRegex(@"\b(Get|Set|Install|Uninstall|Invoke|Test)-(Connector|IntuneExchange)\w+", RegexOptions.CultureInvariant)]
    private static partial Regex CmdletName();
}
