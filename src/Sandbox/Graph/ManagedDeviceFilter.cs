using System;
using System.Collections.Generic;
using System.Globalization;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>
/// The filters that managed devices obey. Clauses are joined with <c>and</c>; several values of one member with <c>or</c>, where
/// the member allows that. Any other filter is ignored as a whole, and the answer is everything, with status 200.
/// </summary>
internal static class ManagedDeviceFilter
{
    [Flags]
    private enum Operators
    {
        Eq = 1,
        Or = 2,
        Ne = 4,
        Less = 8,
        Greater = 16,
        Contains = 32,
    }

    private sealed record Member(Operators Allowed, Func<SandboxManagedDevice, SandboxUser?, object?> Value);

    private static readonly Dictionary<string, Member> s_members = new(StringComparer.OrdinalIgnoreCase)
    {
        ["azureADDeviceId"] = new(Operators.Eq, (device, _) => device.AzureAdDeviceId?.ToString()),
        ["complianceState"] = new(Operators.Eq | Operators.Or, (device, _) => device.ComplianceState),
        ["exchangeAccessState"] = new(Operators.Eq | Operators.Or, (_, _) => "none"),
        ["managementAgent"] = new(Operators.Eq | Operators.Or, (device, _) => device.ManagementAgent),
        ["managementState"] = new(Operators.Eq | Operators.Or, (device, _) => device.ManagementState),
        ["operatingSystem"] = new(Operators.Eq | Operators.Or, (device, _) => device.OperatingSystem),
        ["manufacturer"] = new(Operators.Eq | Operators.Or, (device, _) => device.Manufacturer),
        ["serialNumber"] = new(Operators.Eq | Operators.Or, (device, _) => device.SerialNumber),
        ["jailBroken"] = new(Operators.Eq | Operators.Or, (_, _) => "Unknown"),
        ["deviceName"] = new(Operators.Eq | Operators.Contains, (device, _) => device.DeviceName),
        ["model"] = new(Operators.Eq | Operators.Contains, (device, _) => device.Model),
        ["osVersion"] = new(Operators.Contains, (device, _) => device.OsVersion),
        ["emailAddress"] = new(Operators.Contains, (_, user) => user?.Mail),
        ["userPrincipalName"] = new(Operators.Eq | Operators.Ne, (_, user) => user?.UserPrincipalName ?? ""),
        ["lastSyncDateTime"] = new(Operators.Less | Operators.Greater, (device, _) => device.LastSyncDateTime),
        ["enrolledDateTime"] = new(Operators.Less | Operators.Greater, (device, _) => device.EnrolledDateTime),
    };

    /// <summary>Null when every device passes.</summary>
    public static Func<SandboxManagedDevice, bool>? Parse(string? filter, SandboxWorld world)
    {
        if (filter is null || ODataFilter.Parse(filter) is not { } clauses) return null;
        var tests = new List<Func<SandboxManagedDevice, SandboxUser?, bool>>();
        foreach (IReadOnlyList<ODataComparison> alternatives in clauses)
        {
            if (Test(alternatives) is not { } test) return null;
            tests.Add(test);
        }

        return device =>
        {
            SandboxUser? user = world.OwnerOf(device);
            return tests.TrueForAll(test => test(device, user));
        };
    }

    private static Func<SandboxManagedDevice, SandboxUser?, bool>? Test(IReadOnlyList<ODataComparison> alternatives)
    {
        ODataComparison first = alternatives[0];
        if (!s_members.TryGetValue(first.Member, out Member? member)) return null;
        // An empty name is taken for no name at all.
        if (first.Member.Equals("userPrincipalName", StringComparison.OrdinalIgnoreCase) && first.Literal.Length == 0) return null;
        // Of several ids the service looks at the first one only.
        if (first.Member.Equals("azureADDeviceId", StringComparison.OrdinalIgnoreCase))
            return first.Operator == "eq" && Guid.TryParse(first.Literal, out Guid id) ? (device, _) => device.AzureAdDeviceId == id : Test(member, first);
        if (alternatives.Count == 1) return Test(member, first);
        if (!member.Allowed.HasFlag(Operators.Or)) return null;
        var tests = new List<Func<SandboxManagedDevice, SandboxUser?, bool>>();
        foreach (ODataComparison alternative in alternatives)
        {
            if (!alternative.Member.Equals(first.Member, StringComparison.OrdinalIgnoreCase) || Test(member, alternative) is not { } test) return null;
            tests.Add(test);
        }

        return (device, user) => tests.Exists(test => test(device, user));
    }

    private static Func<SandboxManagedDevice, SandboxUser?, bool>? Test(Member member, ODataComparison comparison)
    {
        string literal = comparison.Literal;
        switch (comparison.Operator)
        {
            case "eq" when member.Allowed.HasFlag(Operators.Eq):
                return (device, user) => string.Equals(member.Value(device, user) as string, literal, StringComparison.OrdinalIgnoreCase);
            case "ne" when member.Allowed.HasFlag(Operators.Ne):
                return (device, user) => !string.Equals(member.Value(device, user) as string, literal, StringComparison.OrdinalIgnoreCase);
            case "contains" when member.Allowed.HasFlag(Operators.Contains):
                return (device, user) => member.Value(device, user) is string text && text.Contains(literal, StringComparison.OrdinalIgnoreCase);
            case "lt" or "gt" when member.Allowed.HasFlag(Operators.Less) && !comparison.IsQuoted
                && DateTimeOffset.TryParse(literal, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset instant):
                bool less = comparison.Operator == "lt";
                return (device, user) => member.Value(device, user) is DateTimeOffset value && (less ? value < instant : value > instant);
            default:
                return null;
        }
    }
}
