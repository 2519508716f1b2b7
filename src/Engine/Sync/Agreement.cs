using System;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Settings;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>
/// That a run left nothing undone, and under which rules: it is kept from the end of such a run to the beginning of the next. Where the rules
/// are no longer the same, or the last run left work behind, everything is decided anew.
/// </summary>
internal static class Agreement
{
    /// <summary>Where it is kept.</summary>
    public const string Key = "agreement";

    /// <summary>A mark of everything that concerns every mailbox: the policy, the organisation's rules and default level, and this version.</summary>
    /// <param name="settings">The connector's settings.</param>
    /// <param name="exchange">What Exchange said.</param>
    public static string Of(ConnectorSettings settings, ExchangeSnapshot exchange)
    {
        // A record prints numbers as the thread's culture does, and another culture is no other policy.
        var culture = CultureInfo.CurrentCulture;
        CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        try
        {
            return Mark(settings, exchange);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    private static string Mark(ConnectorSettings settings, ExchangeSnapshot exchange)
    {
        var text = new StringBuilder();
        text.Append(typeof(Agreement).Assembly.GetName().Version).Append('\n');
        Add(text, settings.Policy);
        foreach (var rule in settings.Wanted.Rules) text.Append(rule).Append('\n');
        text.Append(exchange.Settings.DefaultAccessLevel).Append('\n');
        foreach (var rule in exchange.Rules) text.Append(rule).Append('\n');
        using var hash = SHA256.Create();
        return Convert.ToBase64String(hash.ComputeHash(Encoding.UTF8.GetBytes(text.ToString())));
    }

    private static void Add(StringBuilder text, AccessPolicy policy)
    {
        text.Append(policy).Append('\n');
        // A record prints of a list its type only.
        text.Append(string.Join(" ", policy.IncludedGroups)).Append('\n');
        text.Append(string.Join(" ", policy.ExcludedGroups)).Append('\n');
        text.Append(string.Join(" ", policy.LicencePlans)).Append('\n');
    }
}
