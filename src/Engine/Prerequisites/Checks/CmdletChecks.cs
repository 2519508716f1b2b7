using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Inspection;
using IntuneExchangeConnector.Engine.Prerequisites.Roles;

namespace IntuneExchangeConnector.Engine.Prerequisites.Checks;

/// <summary>
/// Each cmdlet with each parameter that is used. Role-based access control hides both, and the older name of a renamed cmdlet is as good as
/// the newer one.
/// </summary>
/// <param name="isOwn">True for a session that the connector opens.</param>
/// <param name="account">The account of the session; null where it is not known.</param>
/// <param name="needs">What a full run of this connector looks after.</param>
internal sealed class CmdletChecks(bool isOwn, string? account, ConfigurationNeeds needs)
{
    private const string Policies = "-MobileDeviceMailboxPolicy";

    public IEnumerable<PrerequisiteCheck> Run(ExchangeOffer offer) => UsedCmdlets.Requirements.Select(cmdlet => Row(cmdlet, offer));

    private PrerequisiteCheck Row(CmdletRequirement cmdlet, ExchangeOffer offer)
    {
        var row = Requirements.ExchangeCmdlet with { IsRequired = IsRequired(cmdlet) };
        var target = string.Join(" or ", cmdlet.Names);
        if (cmdlet.Offered(offer) is not { } variant)
        {
            var proof = $"The session does not offer it. For: {cmdlet.Purpose}.";
            return cmdlet.Level == CmdletLevel.Speed ? row.Skipped(target, proof) : Lacking(row, target, proof, Grant(cmdlet.Role));
        }

        var name = variant.Name;
        var needed = variant.Missing(offer, variant.Needed);
        var useful = variant.Missing(offer, variant.Useful);
        var optional = variant.Missing(offer, variant.WhereOffered);
        var shown = offer.Parameters[name] is null ? $"{name}; the session does not tell its parameters" : $"{name}{Listed(" with", variant.Parameters.Except(needed).Except(useful).Except(optional))}";
        if (needed.Count > 0) return Lacking(row, target, $"{shown}; missing{Listed(string.Empty, needed)}. For: {cmdlet.Purpose}.", Widen(cmdlet.Role, name, needed));
        if (useful.Count > 0)
        {
            var proof = $"{shown}; missing{Listed(string.Empty, useful)}. Some commands of the connector need it.";
            return IsLookedAfter(name, useful) ? row.Failed(target, proof, Widen(cmdlet.Role, name, useful)) : row.Warning(target, proof, Widen(cmdlet.Role, name, useful));
        }

        return row.Passed(target, optional.Count == 0 ? shown + "." : $"{shown}; without{Listed(string.Empty, optional)}, which is used where it is offered.");
    }

    // Without a cmdlet that no sync needs, everything but a few commands works.
    private static PrerequisiteCheck Lacking(Requirement row, string target, string proof, string remedy) =>
        row.IsRequired ? row.Failed(target, proof, remedy) : row.Warning(target, proof, remedy);

    private bool IsRequired(CmdletRequirement cmdlet) => cmdlet.Level switch
    {
        CmdletLevel.Sync => true,
        CmdletLevel.OwnSession => isOwn,
        CmdletLevel.Command when cmdlet.Names[0] is ConfigurationCmdlets.NewRule or ConfigurationCmdlets.SetRule or ConfigurationCmdlets.RemoveRule => needs.HasFlag(ConfigurationNeeds.Rules),
        CmdletLevel.Command when cmdlet.Names[0].EndsWith(Policies, StringComparison.Ordinal) => needs.HasFlag(ConfigurationNeeds.Policies),
        _ => false,
    };

    private bool IsLookedAfter(string cmdlet, IReadOnlyList<string> missing) => cmdlet switch
    {
        ExchangeCatalogue.SetMailbox => needs.HasFlag(ConfigurationNeeds.Assignments) && missing.Contains("ActiveSyncMailboxPolicy"),
        ExchangeCatalogue.SetOrganizationSettings => needs.HasFlag(ConfigurationNeeds.Organization),
        _ => false,
    };

    private string Grant(string role) =>
        $"New-ManagementRoleAssignment -Role {PowerShellText.Quote(role)} -User {(account is null ? "<account>" : PowerShellText.Quote(account))}; or see Test-ConnectorPrerequisite -AsRole for the least that is needed. Then open a new session.";

    private static string Widen(string role, string cmdlet, IEnumerable<string> parameters) =>
        $"Set-ManagementRoleEntry '<role>\\{cmdlet}' -Parameters {string.Join(", ", parameters)} -AddParameter, where <role> is the account's copy of {PowerShellText.Quote(role)}. Then open a new session.";

    private static string Listed(string word, IEnumerable<string> parameters)
    {
        var text = string.Join(" ", parameters.OrderBy(static name => name, StringComparer.Ordinal).Select(static name => "-" + name));
        return text.Length == 0 ? string.Empty : $"{word} {text}";
    }
}
