using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Engine.Exchange.Commands;

namespace IntuneExchangeConnector.Engine.Prerequisites.Roles;

/// <summary>
/// Writes the commands that create a role group, for the shell of every version from Exchange 2010 on. A copied role is cut down to what is
/// named, so a cmdlet or parameter that a version does not have is no error, and one that it has besides does not stay.
/// </summary>
internal static class RoleGroupScript
{
    private const int Narrow = 76;

    /// <summary>Writes the commands.</summary>
    /// <param name="group">Name of the role group.</param>
    /// <param name="roles">Its roles.</param>
    /// <param name="member">The account that becomes a member; null for none.</param>
    /// <returns>The script, with plain line breaks.</returns>
    public static string Write(string group, IReadOnlyList<RoleDefinition> roles, string? member)
    {
        var script = new StringBuilder();
        Line("# For the Exchange Management Shell, as a member of Organization Management");
        Line($"$common = @({string.Join(", ", ExchangeCatalogue.CommonParameters.OrderBy(static name => name, StringComparer.Ordinal).Select(PowerShellText.Quote))})");
        Line("$roles = @(");
        for (var i = 0; i < roles.Count; i++)
        {
            Line("    @{");
            Line($"        Name = {PowerShellText.Quote(roles[i].Name)}");
            Line($"        Parent = {PowerShellText.Quote(roles[i].Parent)}");
            Line("        Entries = @{");
            foreach (var entry in roles[i].Entries) Entry(entry);
            Line("        }");
            Line(i == roles.Count - 1 ? "    }" : "    },");
        }

        Line(")");
        Line("foreach ($role in $roles) {");
        Line("    $null = New-ManagementRole -Name $role.Name -Parent $role.Parent");
        Line("    $copied = @(Get-ManagementRoleEntry ($role.Name + '\\*'))");
        Line("    foreach ($entry in $copied) {");
        Line("        $identity = $role.Name + '\\' + $entry.Name");
        Line("        if ($role.Entries.ContainsKey($entry.Name)) {");
        Line("            $wanted = $common + $role.Entries[$entry.Name]");
        Line("            $kept = @($entry.Parameters | Where-Object { $wanted -contains $_ })");
        Line("            Set-ManagementRoleEntry $identity -Parameters $kept");
        Line("        }");
        Line("        else {");
        Line("            Remove-ManagementRoleEntry $identity -Confirm:$false");
        Line("        }");
        Line("    }");
        Line("}");
        Line("$group = @{");
        Line($"    Name = {PowerShellText.Quote(group)}");
        Line("    Roles = @($roles | ForEach-Object { $_.Name })");
        if (member is not null) Line($"    Members = {PowerShellText.Quote(member)}");
        Line("}");
        Line("New-RoleGroup @group");
        return script.ToString();

        void Line(string text) => script.Append(text).Append('\n');

        // Lines stay narrow, so that what is copied off a screen is still the same script.
        void Entry(RoleEntry entry)
        {
            var own = entry.Parameters.Except(ExchangeCatalogue.CommonParameters, StringComparer.OrdinalIgnoreCase).Select(PowerShellText.Quote).ToList();
            var line = $"            {PowerShellText.Quote(entry.Cmdlet)} = @(";
            for (var i = 0; i < own.Count; i++)
            {
                var item = own[i] + (i == own.Count - 1 ? string.Empty : ", ");
                if (line.Length + item.Length > Narrow)
                {
                    Line(line.TrimEnd());
                    line = "                ";
                }

                line += item;
            }

            Line(line + ")");
        }
    }
}
