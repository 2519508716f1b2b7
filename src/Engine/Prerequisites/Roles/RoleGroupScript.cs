using System.Collections.Generic;
using System.Linq;
using System.Text;
using IntuneExchangeConnector.Domain.Prerequisites;

namespace IntuneExchangeConnector.Engine.Prerequisites.Roles;

/// <summary>
/// Writes the commands that create a role group, for the shell of every version from Exchange 2010 on. A copied role is cut down to what is
/// named, so a cmdlet or parameter that a version does not have is no error, and one that it has besides does not stay.
/// </summary>
internal static class RoleGroupScript
{
    /// <summary>Writes the commands.</summary>
    /// <param name="group">Name of the role group.</param>
    /// <param name="roles">Its roles.</param>
    /// <param name="member">The account that becomes a member; null for none.</param>
    /// <returns>The script, with plain line breaks.</returns>
    public static string Write(string group, IReadOnlyList<RoleDefinition> roles, string? member)
    {
        var script = new StringBuilder();
        Line("# Run this in the Exchange Management Shell as a member of Organization Management.");
        Line("$roles = @(");
        for (var i = 0; i < roles.Count; i++)
        {
            Line("    @{");
            Line($"        Name = {PowerShellText.Quote(roles[i].Name)}");
            Line($"        Parent = {PowerShellText.Quote(roles[i].Parent)}");
            Line("        Entries = @{");
            foreach (var entry in roles[i].Entries) Line($"            {PowerShellText.Quote(entry.Cmdlet)} = @({string.Join(", ", entry.Parameters.Select(PowerShellText.Quote))})");
            Line("        }");
            Line(i == roles.Count - 1 ? "    }" : "    },");
        }

        Line(")");
        Line("foreach ($role in $roles) {");
        Line("    $null = New-ManagementRole -Name $role.Name -Parent $role.Parent");
        Line("    $entries = @(Get-ManagementRoleEntry ($role.Name + '\\*'))");
        Line("    foreach ($entry in $entries) {");
        Line("        $identity = $role.Name + '\\' + $entry.Name");
        Line("        $wanted = $role.Entries[$entry.Name]");
        Line("        if (-not $wanted) { Remove-ManagementRoleEntry $identity -Confirm:$false; continue }");
        Line("        $kept = @($entry.Parameters | Where-Object { $wanted -contains $_ })");
        Line("        Set-ManagementRoleEntry $identity -Parameters $kept");
        Line("    }");
        Line("}");
        var members = member is null ? string.Empty : $" -Members {PowerShellText.Quote(member)}";
        Line($"New-RoleGroup -Name {PowerShellText.Quote(group)} -Roles @($roles | ForEach-Object {{ $_.Name }}){members}");
        return script.ToString();

        void Line(string text) => script.Append(text).Append('\n');
    }
}
