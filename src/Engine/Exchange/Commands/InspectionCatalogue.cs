using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Errors;

namespace IntuneExchangeConnector.Engine.Exchange.Commands;

/// <summary>
/// The three reads beyond <see cref="ExchangeCatalogue"/> that a check of prerequisites may send, where the session shows them. The one
/// instance stays in here, so nothing but the members of this class can make such a command.
/// </summary>
internal sealed class InspectionCatalogue
{
    public const string GetPolicy = "Get-ThrottlingPolicy";
    public const string GetAssociation = "Get-ThrottlingPolicyAssociation";
    public const string GetRoleEntry = "Get-ManagementRoleEntry";

    private const string Identity = "Identity";
    private static readonly InspectionCatalogue s_only = new();

    private InspectionCatalogue()
    {
    }

    /// <summary>The cmdlets.</summary>
    public static IReadOnlyList<string> Names { get; } = [GetPolicy, GetAssociation, GetRoleEntry];

    /// <summary>Reads every throttling policy; there are few.</summary>
    public static ExchangeCommand Policies() => new(GetPolicy, Quiet(), inspection: s_only);

    /// <summary>Reads which throttling policy an account has of its own.</summary>
    /// <param name="account">The account.</param>
    public static ExchangeCommand Association(string account)
    {
        var parameters = Quiet();
        parameters.Add(Identity, account);
        return new(GetAssociation, parameters, inspection: s_only);
    }

    /// <summary>Reads what a built-in role consists of.</summary>
    /// <param name="role">The role.</param>
    public static ExchangeCommand RoleEntries(string role)
    {
        var parameters = Quiet();
        parameters.Add(Identity, role + "\\*");
        return new(GetRoleEntry, parameters, inspection: s_only);
    }

    /// <summary>Lets a command pass or refuses it.</summary>
    /// <param name="name">The cmdlet's name.</param>
    /// <param name="parameters">Its parameters.</param>
    /// <exception cref="ConnectorException">It is another cmdlet or parameter, or the identity stands for more than was meant.</exception>
    public void Admit(string name, IReadOnlyDictionary<string, object> parameters)
    {
        if (!((IList<string>)Names).Contains(name)) throw Refused(name);
        foreach (var parameter in parameters.Keys)
        {
            if (parameter is not (Identity or "ErrorAction" or "WarningAction")) throw Refused(name);
        }

        // An empty identity, or one with a wildcard, names every account.
        var identity = parameters.TryGetValue(Identity, out var value) ? value as string : null;
        if (name == GetPolicy ? identity is not null : string.IsNullOrWhiteSpace(identity)) throw Refused(name);
        if (name == GetAssociation && identity!.IndexOfAny(['*', '?']) >= 0) throw Refused(name);
    }

    private static Dictionary<string, object> Quiet() => new(StringComparer.OrdinalIgnoreCase) { ["WarningAction"] = "Continue", ["ErrorAction"] = "Continue" };

    private static ConnectorException Refused(string name) => new(
        ErrorIds.ExchangeCommandRefused, ErrorKind.InvalidInput, name,
        $"The command {name} may not be sent like this; it was not sent.",
        "This is a defect of the connector: report it.");
}
