using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using IntuneExchangeConnector.Module.Harness;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Shipped;

public sealed partial class FormatTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    public static TheoryData<string> Files => [.. Directory.GetFiles(Path.Combine(Places.ModuleFolder, "Formats"), "*.ps1xml").Select(path => Path.GetFileName(path))];

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_property_that_a_view_names_exists(string file)
    {
        var view = XDocument.Load(Path.Combine(Places.ModuleFolder, "Formats", file));
        var type = view.Descendants("TypeName").Single().Value;
        var known = Properties(type);

        Assert.NotEmpty(known);
        Assert.All(view.Descendants("PropertyName").Select(element => element.Value), name => Assert.Contains(name, known));
        var nested = view.Descendants("CustomControl").Skip(1).SelectMany(element => element.Descendants("ScriptBlock")).ToHashSet();
        foreach (var script in view.Descendants("ScriptBlock").Where(script => !nested.Contains(script)))
        {
            Assert.All(PropertyOfTheObject().Matches(script.Value), match => Assert.Contains(match.Groups[1].Value, known));
        }
    }

    [Theory]
    [MemberData(nameof(Files))]
    public void Every_script_of_a_view_is_PowerShell_that_5_1_can_read(string file)
    {
        foreach (var script in XDocument.Load(Path.Combine(Places.ModuleFolder, "Formats", file)).Descendants("ScriptBlock"))
        {
            var tree = System.Management.Automation.Language.Parser.ParseInput(script.Value, out _, out var errors);

            Assert.Empty(errors);
            Assert.Empty(tree.FindAll(node => node is System.Management.Automation.Language.TernaryExpressionAst, searchNestedScriptBlocks: true));
            Assert.DoesNotContain("??", script.Value);
        }
    }

    [Fact]
    public void Every_type_that_is_emitted_has_a_view()
    {
        var viewed = Directory.GetFiles(Path.Combine(Places.ModuleFolder, "Formats")).Select(path => XDocument.Load(path).Descendants("TypeName").Single().Value).ToList();
        var emitted = shell.Run("Get-Command -Module IntuneExchangeConnector | ForEach-Object OutputType | Where-Object Type -NE ([void]) | ForEach-Object Name").Objects.Cast<string>().Distinct();

        Assert.Empty(emitted.Except(viewed));
    }

    [Fact]
    public void A_device_cannot_write_to_the_terminal_through_a_view()
    {
        var shown = string.Concat(shell.Run("""
            $device = [System.Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject([IntuneExchangeConnector.Domain.Runs.ConnectorDevice])
            $values = @{ Mailbox = 'anna@contoso.com'; DeviceId = "A`e[2J`r`nB`u{202E}C" }
            foreach ($name in $values.Keys) { $device.GetType().GetProperty($name).SetValue($device, $values[$name]) }
            $device | Out-Host
            """).Of(ShellStream.Host));

        Assert.Contains("A\uFFFD[2J\uFFFD\uFFFDB\uFFFDC", shown);
        Assert.DoesNotContain('\u202E', shown);
    }

    [Fact]
    public void An_explanation_is_shown_step_by_step()
    {
        var shown = string.Join("\n", shell.Run("""
            $steps = [System.Collections.Generic.List[IntuneExchangeConnector.Domain.Access.DecisionStep]]::new()
            $steps.Add([IntuneExchangeConnector.Domain.Access.DecisionStep]::new('policy switched on', 'Enabled = True', 'continue'))
            $steps.Add([IntuneExchangeConnector.Domain.Access.DecisionStep]::new('a managed device matches', "none`e[2J", 'Block'))
            $explanation = [System.Runtime.CompilerServices.RuntimeHelpers]::GetUninitializedObject([IntuneExchangeConnector.Domain.Runs.DeviceAccessExplanation])
            $values = @{ Mailbox = 'anna@contoso.com'; DeviceId = 'ID1'; DeviceType = 'iPhone'; Steps = $steps; ExchangeSteps = $steps; NextStep = 'Enrol the phone in Intune.' }
            foreach ($name in $values.Keys) { $explanation.GetType().GetProperty($name).SetValue($explanation, $values[$name]) }
            $explanation | Out-Host
            """).Of(ShellStream.Host).Select(line => line.TrimEnd()));

        Assert.Contains("Device    ID1 iPhone\n", shown);
        Assert.Contains("The connector's rules, in order\n  policy switched on: Enabled = True -> continue\n  a managed device matches: none\uFFFD[2J -> Block\n", shown);
        Assert.Contains("What to do next\n  Enrol the phone in Intune.", shown);
    }

    private List<string> Properties(string type) =>
        [.. shell.Run("param($Type) ($Type -as [type]).GetProperties() | ForEach-Object Name", new() { ["Type"] = type }).Objects.Cast<string>()];

    [GeneratedRegex(@"\$_\.(\w+)", RegexOptions.CultureInvariant)]
    private static partial Regex PropertyOfTheObject();
}
