using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Engine.Exchange.Commands;

namespace IntuneExchangeConnector.Engine.Prerequisites.Roles;

/// <summary>
/// Makes the least that the connector's account needs out of the catalogue of what the connector may send. What the shell itself brings,
/// as Get-Command, is in no role.
/// </summary>
internal static class RoleGroupBuilder
{
    // Exchange takes 64 characters for a role; the longest parent, with what joins the two, has 29 of them.
    private const int LongestGroup = 35;

    /// <summary>What the shell itself brings.</summary>
    public static IReadOnlyList<string> OfTheShell { get; } = [ExchangeCatalogue.GetCommand, ExchangeCatalogue.SelectObject];

    /// <summary>The roles.</summary>
    /// <param name="group">Name of the role group.</param>
    /// <param name="servers">What the built-in roles have on this organisation's version, by role; empty where that is not known.</param>
    /// <returns>The roles, sorted by parent.</returns>
    /// <exception cref="ConnectorException">The name cannot be a role group's.</exception>
    public static IReadOnlyList<RoleDefinition> Roles(string group, IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyCollection<string>>> servers)
    {
        CheckName(group);
        return
        [
            .. UsedCmdlets.Entries
                .Where(static entry => !OfTheShell.Contains(entry.Name))
                .GroupBy(entry => Parent(entry, servers), StringComparer.Ordinal)
                .OrderBy(static role => role.Key, StringComparer.Ordinal)
                .Select(role => new RoleDefinition($"{group} - {role.Key}", role.Key, [.. role.OrderBy(static entry => entry.Name, StringComparer.Ordinal).Select(Entry)])),
        ];
    }

    /// <summary>The built-in roles that cmdlets are taken from.</summary>
    public static IReadOnlyList<string> Parents { get; } =
        [.. UsedCmdlets.Entries.Select(static entry => Role(entry)).Distinct(StringComparer.Ordinal).OrderBy(static role => role, StringComparer.Ordinal)];

    private static RoleEntry Entry(CatalogueEntry entry) =>
        new(entry.Name, [.. entry.Parameters.Concat(ExchangeCatalogue.CommonParameters).Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(static name => name, StringComparer.Ordinal)]);

    // Which role gives a cmdlet has changed between versions: where the server tells, its word counts.
    private static string Parent(CatalogueEntry entry, IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyCollection<string>>> servers)
    {
        var wanted = Role(entry);
        if (servers.Count == 0 || Has(wanted)) return wanted;
        return servers.Keys.Where(Has).OrderBy(static role => role, StringComparer.Ordinal).FirstOrDefault() ?? wanted;

        bool Has(string role) => servers.TryGetValue(role, out var entries) && entries.TryGetValue(entry.Name, out var parameters)
            && entry.Parameters.All(parameter => parameters.Contains(parameter, StringComparer.OrdinalIgnoreCase));
    }

    private static string Role(CatalogueEntry entry) => entry.Role.Trim('\'');

    private static void CheckName(string group)
    {
        if (group.Trim().Length == group.Length && group.Length is > 0 and <= LongestGroup && group.All(static character => char.IsLetterOrDigit(character) || character is ' ' or '-' or '_' or '.' or '\'' or '\u2019')) return;
        throw new ConnectorException(
            ErrorIds.InvalidParameter,
            ErrorKind.InvalidInput,
            "RoleGroup",
            "This cannot be the name of a role group.",
            $"Use 1 to {LongestGroup} letters, digits, spaces, hyphens, underscores, dots and apostrophes, with no space at either end.");
    }
}
