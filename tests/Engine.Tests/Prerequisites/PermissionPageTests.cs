using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Inspection;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Prerequisites;
using IntuneExchangeConnector.Engine.Prerequisites.Roles;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Prerequisites;

/// <summary>The pages that people read say what the product asks for, because both come from the same lists.</summary>
public sealed class PermissionPageTests
{
    [Fact]
    public void The_page_lists_every_cmdlet_with_its_parameters_role_and_purpose()
    {
        var rows = UsedCmdlets.Requirements.Select(cmdlet =>
            $"| {string.Join(" or ", cmdlet.Names.Select(Code))} | {string.Join(", ", cmdlet.Parameters.Select(Code))} | {Level(cmdlet.Level)} | {cmdlet.Role} | {cmdlet.Purpose} |");

        var expected = string.Join("\n", rows);
        Assert.True(expected == string.Join("\n", Table("| cmdlet | parameters | needed for | role | for |")), $"docs/permissions.md has to hold this table:\n{expected}");
    }

    [Fact]
    public void Every_cmdlet_says_what_it_is_for() =>
        Assert.All(UsedCmdlets.Requirements, cmdlet => Assert.DoesNotContain(cmdlet.Purpose, cmdlet.Names));

    [Fact]
    public void The_page_lists_every_permission_of_the_application()
    {
        Assert.Equal(GraphPermissions.Needed.Select(needed => $"| {Code(needed.Permission)} | {needed.Purpose} |"), Table("| permission | for |"));
        Assert.Equal(GraphPermissions.Useful.Select(useful => $"| {Code(useful.Permission)} | {useful.Purpose} |"), Table("| further permission | for |"));
    }

    [Fact]
    public void The_page_names_the_reads_that_only_the_checks_send() =>
        Assert.All(InspectionCatalogue.Names, name => Assert.Contains(Code(name), Page("permissions.md")));

    [Fact]
    public void The_help_names_every_check()
    {
        var ids = typeof(PrerequisiteIds).GetFields().Select(field => (string)field.GetRawConstantValue()!).ToList();

        Assert.Contains($"The ids of the checks: {string.Join(", ", ids)}.", Page("cmdlets/Test-ConnectorPrerequisite.md"));
        Assert.Equal(ids.Order(), Requirements.All.Select(row => row.Id).Order());
    }

    private static string Level(CmdletLevel level) => level switch
    {
        CmdletLevel.Sync => "every sync",
        CmdletLevel.OwnSession => "own sessions",
        CmdletLevel.Speed => "speed",
        _ => "single commands",
    };

    private static string Code(string text) => $"`{text}`";

    private static IEnumerable<string> Table(string heading) =>
        Page("permissions.md").Split('\n').SkipWhile(line => line != heading).Skip(2).TakeWhile(line => line.StartsWith('|'));

    private static string Page(string name)
    {
        var root = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(root, "IntuneExchangeConnector.sln"))) root = Path.GetDirectoryName(root)!;
        return File.ReadAllText(Path.Combine(root, "docs", name)).ReplaceLineEndings("\n");
    }
}
