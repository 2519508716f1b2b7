using System.Collections;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Sandbox.Exchange.Contract;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>The settings among a policy command's arguments, by the names and in the types that the world keeps.</summary>
internal static class MailboxPolicyArguments
{
    // The world's settings are single values; the two lists of applications are not.
    private static readonly HashSet<string> s_lists = ["ApprovedApplicationList", "UnapprovedInROMApplicationList"];

    /// <summary>Every parameter of a policy command whose effect the world keeps.</summary>
    public static IReadOnlyCollection<string> Supported { get; } =
    [
        "Identity", "IsDefault", "IsDefaultPolicy", "DomainController",
        .. CmdletContract.All["Set-ActiveSyncMailboxPolicy"].Sets[0].Parameters
            .Concat(CmdletContract.All["Set-MobileDeviceMailboxPolicy"].Sets[0].Parameters)
            .Select(p => p.Name)
            .Where(n => MailboxPolicySettings.IsSetting(n) && !s_lists.Contains(n))
            .Distinct(),
    ];

    public static Dictionary<string, object?> Settings(BoundArguments arguments) => Supported
        .Where(n => MailboxPolicySettings.IsSetting(n) && arguments.Has(n))
        .ToDictionary(MailboxPolicySettings.StoredName, n => Plain(arguments.Value(n)));

    public static bool? IsDefault(BoundArguments arguments) => arguments.Boolean("IsDefault") ?? arguments.Boolean("IsDefaultPolicy");

    private static object? Plain(object? value) => value switch
    {
        null => null,
        bool or string => value,
        int number => (long)number,
        IEnumerable => throw ExchangeErrors.Invalid("A setting takes a single value."),
        _ => value.ToString(),
    };
}
