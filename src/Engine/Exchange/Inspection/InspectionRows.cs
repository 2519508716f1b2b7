using System;
using System.Collections;
using System.Collections.Generic;
using System.Globalization;
using System.Management.Automation;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Reading;

namespace IntuneExchangeConnector.Engine.Exchange.Inspection;

/// <summary>Reads the rows that only a check of prerequisites asks for.</summary>
internal static class InspectionRows
{
    /// <summary>A row of <c>Get-CASMailbox</c>.</summary>
    public static string Mailbox(ExchangeRow row) => FaultText.Clean(row.Text("PrimarySmtpAddress") ?? row.Identity());

    /// <summary>Names of parameters, from a table, a list, or descriptions of parameters; null where the row does not tell.</summary>
    public static IReadOnlyCollection<string>? Parameters(object? value)
    {
        if (value is PSObject wrapped) value = wrapped.BaseObject;
        var names = value is IDictionary table ? table.Keys : value as ICollection;
        if (names is null) return null;
        HashSet<string> parameters = new(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            if (name?.ToString() is { Length: > 0 } text) parameters.Add(text);
        }

        return parameters;
    }

    /// <summary>The policy that counts for an account: the one given to it, the organisation's, or the one for everybody.</summary>
    public static SessionAllowance? Allowance(IReadOnlyList<PSObject> policies, string? own)
    {
        PSObject? chosen = null;
        var rank = 0;
        foreach (var policy in policies)
        {
            var found = Rank(new ExchangeRow(policy), own);
            if (found > rank) (chosen, rank) = (policy, found);
        }

        if (chosen is null) return null;
        ExchangeRow row = new(chosen);
        return new(FaultText.Clean(row.Text("Name") ?? row.Identity()), rank == 4, Limit(row.Text("PowerShellMaxConcurrency")));
    }

    private static int Rank(ExchangeRow row, string? own)
    {
        if (own is not null && (Same(row.Text("Identity"), own) || Same(row.Text("DistinguishedName"), own) || Same(row.Text("Name"), own))) return 4;
        return row.Text("ThrottlingPolicyScope") switch
        {
            "Organization" => 3,
            "Global" => 2,
            // Exchange 2010 knows no scopes; one policy is everybody's.
            null when row.Flag("IsDefault", otherwise: false) => 1,
            _ => 0,
        };
    }

    private static bool Same(string? left, string right) => string.Equals(left, right, StringComparison.OrdinalIgnoreCase);

    private static int? Limit(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var limit) ? limit : null;
}
