using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Language;
using System.Management.Automation.Runspaces;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Prerequisites.Roles;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Prerequisites;

public sealed class RoleGroupTests
{
    private const string Group = RoleGroupRequest.DefaultName;

    private static readonly Dictionary<string, IReadOnlyDictionary<string, IReadOnlyCollection<string>>> s_unknown = [];

    // An organisation's roles as the built-in ones are: more cmdlets and more parameters than anybody needs.
    private const string Exchange = """
        $store = @{}; $made = [System.Collections.Generic.List[object]]::new()
        function New-ManagementRole($Name, $Parent) { $store[$Name] = @{}; foreach ($entry in $builtIn[$Parent].GetEnumerator()) { $store[$Name][$entry.Key] = $entry.Value } }
        function Get-ManagementRoleEntry($Identity) {
            $role = ($Identity -split '\\')[0]
            foreach ($name in @($store[$role].Keys)) { [pscustomobject]@{ Name = $name; Role = $role; Parameters = $store[$role][$name] } }
        }
        function Set-ManagementRoleEntry($Identity, $Parameters) { $role, $name = $Identity -split '\\'; if (-not $store[$role].ContainsKey($name)) { throw "No $Identity" }; $store[$role][$name] = $Parameters }
        function Remove-ManagementRoleEntry { [CmdletBinding(SupportsShouldProcess, ConfirmImpact = 'High')] param($Identity) if ($PSCmdlet.ShouldProcess($Identity)) { $role, $name = $Identity -split '\\'; $store[$role].Remove($name) } }
        function New-RoleGroup($Name, $Roles, $Members) { $made.Add([pscustomobject]@{ Name = $Name; Roles = $Roles; Members = $Members }) }

        """;

    [Fact]
    public void The_script_leaves_exactly_the_cmdlets_and_parameters_of_the_catalogue()
    {
        var roles = RoleGroupBuilder.Roles(Group, s_unknown);
        var (left, made) = Run(RoleGroupScript.Write(Group, roles, "CONTOSO\\svc-intune"), BuiltIn());

        var expected = ExchangeCatalogue.Entries.Where(entry => entry.Name is not ("Get-Command" or "Select-Object" or "Get-Recipient"))
            .Select(entry => $"{entry.Name}: {string.Join(" ", entry.Parameters.Concat(ExchangeCatalogue.CommonParameters).Order(StringComparer.Ordinal))}");
        Assert.Equal(expected.Order(StringComparer.Ordinal), left.Order(StringComparer.Ordinal));
        Assert.Equal((Group, "CONTOSO\\svc-intune"), ((string)made.Properties["Name"].Value, (string)made.Properties["Members"].Value));
        Assert.Equal(roles.Select(role => role.Name), ((object[])made.Properties["Roles"].Value).Cast<string>());
        Assert.All(roles, role => Assert.InRange(role.Name.Length, 1, 64));
    }

    [Fact]
    public void What_a_version_does_not_have_is_no_error()
    {
        var old = BuiltIn();
        foreach (var role in old.Values)
        {
            foreach (var name in role.Keys.Where(name => name.Contains("MobileDevice", StringComparison.Ordinal)).ToList()) role.Remove(name);
        }

        old["Mail Recipients"]["Get-CASMailbox"] = ["Identity", "ResultSize", "ErrorAction", "Filter"];
        var (left, _) = Run(RoleGroupScript.Write(Group, RoleGroupBuilder.Roles(Group, s_unknown), null), old);

        Assert.DoesNotContain(left, entry => entry.Contains("MobileDevice", StringComparison.Ordinal));
        Assert.Contains("Get-CASMailbox: ErrorAction Identity ResultSize", left);
    }

    [Fact]
    public void Where_the_organisation_tells_its_roles_a_cmdlet_is_taken_from_one_that_has_it()
    {
        Dictionary<string, IReadOnlyDictionary<string, IReadOnlyCollection<string>>> servers = BuiltIn()
            .ToDictionary(role => role.Key, role => (IReadOnlyDictionary<string, IReadOnlyCollection<string>>)role.Value.ToDictionary(entry => entry.Key, entry => (IReadOnlyCollection<string>)entry.Value));
        servers["Recipient Policies"] = new Dictionary<string, IReadOnlyCollection<string>>();
        servers["Organization Client Access"] = servers["Organization Client Access"].Append(new("Get-MobileDeviceMailboxPolicy", ["Identity"])).ToDictionary(entry => entry.Key, entry => entry.Value);
        var roles = RoleGroupBuilder.Roles(Group, servers);

        Assert.Contains(roles.Single(role => role.Parent == "Organization Client Access").Entries, entry => entry.Cmdlet == "Get-MobileDeviceMailboxPolicy");
        Assert.Contains(roles.Single(role => role.Parent == "Recipient Policies").Entries, entry => entry.Cmdlet == "New-MobileDeviceMailboxPolicy");
    }

    [Theory]
    [InlineData("O'Brien\u2019s")]
    [InlineData("Mobile-Phones_2.0")]
    public void A_name_is_quoted_so_that_it_stays_a_name(string group)
    {
        var (_, made) = Run(RoleGroupScript.Write(group, RoleGroupBuilder.Roles(group, s_unknown), "CONTOSO\\o'brien'; throw 'x"), BuiltIn());

        Assert.Equal((group, "CONTOSO\\o'brien'; throw 'x"), ((string)made.Properties["Name"].Value, (string)made.Properties["Members"].Value));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" Group")]
    [InlineData("Group*")]
    [InlineData("Group\\x")]
    [InlineData("Group\nRemove-Mailbox")]
    [InlineData("A name that is much longer than a role's name can be")]
    public void A_name_that_Exchange_would_refuse_or_misread_is_refused(string group) =>
        Assert.Equal(ErrorIds.InvalidParameter, Assert.Throws<ConnectorException>(() => RoleGroupBuilder.Roles(group, s_unknown)).ErrorId);

    [Fact]
    public void The_script_reads_in_every_shell_and_keeps_to_a_screens_width()
    {
        var script = RoleGroupScript.Write(Group, RoleGroupBuilder.Roles(Group, s_unknown), "CONTOSO\\svc");
        var tree = Parser.ParseInput(script, out _, out var errors);

        Assert.Empty(errors);
        Assert.All(script.Split('\n'), line => Assert.InRange(line.Length, 0, 80));
        Assert.DoesNotContain(tree.FindAll(node => node is BinaryExpressionAst { Operator: TokenKind.In or TokenKind.Inotin }, true), _ => true);
    }

    private static Dictionary<string, Dictionary<string, string[]>> BuiltIn() => RoleGroupBuilder.Roles(Group, s_unknown).ToDictionary(
        role => role.Parent,
        role => role.Entries.ToDictionary(entry => entry.Cmdlet, entry => (string[])[.. entry.Parameters, "Debug", "Verbose", "OutVariable", "Organization"])
            .Append(new("Remove-Mailbox", ["Identity", "Permanent"])).Append(new($"Get-{role.Parent.Replace(" ", "", StringComparison.Ordinal)}", ["Identity"])).ToDictionary(entry => entry.Key, entry => entry.Value));

    private static (List<string> Left, PSObject Made) Run(string script, Dictionary<string, Dictionary<string, string[]>> builtIn)
    {
        var state = InitialSessionState.CreateDefault2();
        state.Variables.Add(new SessionStateVariableEntry("builtIn", builtIn, string.Empty));
        using var runspace = RunspaceFactory.CreateRunspace(state);
        runspace.Open();
        using var shell = PowerShell.Create(runspace);
        var output = shell.AddScript("Set-StrictMode -Version 2\n" + Exchange + script + """
            foreach ($role in $store.GetEnumerator()) { foreach ($entry in $role.Value.GetEnumerator()) { [string[]]$names = $entry.Value; [array]::Sort($names, [StringComparer]::Ordinal); "$($entry.Key): $($names -join ' ')" } }
            $made
            """).Invoke();
        Assert.Empty(shell.Streams.Error.Select(error => error.ToString()));
        return ([.. output.Where(item => item.BaseObject is string).Select(item => (string)item.BaseObject)], Assert.Single(output, item => item.BaseObject is not string));
    }
}
