using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Contract;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Get-ManagementRoleEntry role\cmdlet</c>, each part with wildcards: which role gives which cmdlet with which parameters.</summary>
[Cmdlet(VerbsCommon.Get, "ManagementRoleEntry")]
public sealed class GetManagementRoleEntryCommand : ExchangeCommand
{
    private const string Snapin = "Microsoft.Exchange.Management.PowerShell.E2010";

    private static readonly ObjectShape<(string Role, string Command, string[] Parameters)> s_shape = new(
        TypeNames.RoleEntry,
        [
            new("Name", static r => r.Command),
            new("Role", static r => r.Role),
            new("Parameters", static r => EngineMembers.List(r.Parameters)),
            new("Type", static _ => "Cmdlet"),
            new("PSSnapinName", static _ => Snapin),
            new("Identity", static r => $"{r.Role}\\{r.Command}"),
        ]);

    private protected override void Execute(BoundArguments arguments)
    {
        string[] identity = arguments.Text("Identity")!.Split('\\');
        if (identity.Length != 2)
            throw ExchangeErrors.Invalid("The identity of a role entry is a role's name, a backslash and a cmdlet's name.");
        if (arguments.Value("Type") is Array types && !types.Cast<object>().Any(t => t.ToString() == "Cmdlet"))
            return;

        WildcardPattern role = new(identity[0], WildcardOptions.IgnoreCase);
        WildcardPattern command = new(identity[1], WildcardOptions.IgnoreCase);
        string[] needed = arguments.Value("Parameters") as string[] ?? [];
        foreach (CmdletContract cmdlet in CmdletContract.All.Values.Where(c => command.IsMatch(c.Name)).OrderBy(c => c.Name, StringComparer.Ordinal))
        {
            if (!Session.Offers(cmdlet.Name))
                continue;

            string[] parameters = [.. cmdlet.Sets.SelectMany(s => s.Parameters).Select(p => p.Name).Distinct()
                .Except(Session.HiddenParameters(cmdlet.Name), StringComparer.OrdinalIgnoreCase).Order(StringComparer.Ordinal)];
            if (!needed.All(n => parameters.Contains(n, StringComparer.OrdinalIgnoreCase)))
                continue;
            foreach (string name in RolesOf(cmdlet.Name).Where(role.IsMatch))
                Emit(s_shape.Create((name, cmdlet.Name, parameters)));
        }
    }

    private static IEnumerable<string> RolesOf(string command)
    {
        bool reads = command.StartsWith("Get-", StringComparison.Ordinal);
        string noun = command[(command.IndexOf('-', StringComparison.Ordinal) + 1)..];
        return noun switch
        {
            "CASMailbox" => reads ? ["Mail Recipients", "User Options", "View-Only Recipients"] : ["Mail Recipients", "User Options"],
            "Recipient" => ["Mail Recipients", "View-Only Recipients"],
            "ExchangeServer" or "ManagementRoleEntry" => ["View-Only Configuration"],
            "ADServerSettings" => ["Mail Recipients", "Organization Client Access", "View-Only Configuration"],
            "ActiveSyncDevice" or "MobileDevice" or "ActiveSyncDeviceStatistics" or "MobileDeviceStatistics" => ["Mail Recipients", "User Options"],
            "MobileDeviceMailboxPolicy" or "ThrottlingPolicy" or "ThrottlingPolicyAssociation" => reads ? ["Recipient Policies", "View-Only Configuration"] : ["Recipient Policies"],
            _ => reads ? ["Organization Client Access", "View-Only Configuration"] : ["Organization Client Access"],
        };
    }
}
