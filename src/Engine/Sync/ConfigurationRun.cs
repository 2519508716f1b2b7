using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>What a run does about the organisation's configuration beside planning and applying it.</summary>
internal static class ConfigurationRun
{
    private static readonly string[] s_passable =
    [
        ErrorIds.ExchangeAccessDenied, ErrorIds.ExchangeCommandFailed, ErrorIds.ExchangeObjectNotFound, ErrorIds.ExchangeCmdletMissing, ErrorIds.ExchangeParameterMissing,
    ];

    /// <summary>What a full run needs of the session; a quick one needs nothing.</summary>
    /// <param name="settings">The connector's settings.</param>
    /// <param name="owned">Rules and policies that it created.</param>
    /// <returns>The needs; none while the access policy is switched off.</returns>
    public static ConfigurationNeeds Needs(ConnectorSettings settings, IReadOnlyList<OwnedObject> owned)
    {
        if (!settings.Policy.Enabled) return ConfigurationNeeds.None;
        var wanted = settings.Wanted;
        var ownPolicies = owned.Any(static one => one.Kind == OwnedKind.MailboxPolicy);
        var needs = ConfigurationNeeds.None;
        if (wanted.Rules.Count > 0 || owned.Any(static one => one.Kind == OwnedKind.AccessRule)) needs |= ConfigurationNeeds.Rules;
        if (wanted.Policies.Count > 0 || ownPolicies) needs |= ConfigurationNeeds.Policies;
        if (ownPolicies || wanted.Policies.Any(static policy => policy.AssignTo != PolicyAssignment.None || policy.Mailboxes.Count > 0)) needs |= ConfigurationNeeds.Assignments;
        if (!wanted.Organization.IsEmpty) needs |= ConfigurationNeeds.Organization;
        return needs;
    }

    /// <summary>Reads mailbox policies and device classes. Where nobody looks after policies, a server that refuses them is no failure.</summary>
    /// <param name="exchange">The organisation.</param>
    /// <param name="needs">What the run needs.</param>
    /// <param name="console">Told what was left out.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>Policies and classes; null where they could not be read.</returns>
    public static async Task<(IReadOnlyList<ExchangeMailboxPolicy>? Policies, IReadOnlyList<DeviceClass>? Classes)> ReadAsync(
        IExchangeDirectory exchange, ConfigurationNeeds needs, ISyncConsole console, CancellationToken cancellationToken)
    {
        var policies = await OptionalAsync(exchange.ReadPoliciesAsync, needs.HasFlag(ConfigurationNeeds.Policies), console, cancellationToken).ConfigureAwait(false);
        var classes = await OptionalAsync(exchange.ReadDeviceClassesAsync, false, console, cancellationToken).ConfigureAwait(false);
        return (policies, classes);
    }

    private static async Task<T?> OptionalAsync<T>(Func<CancellationToken, Task<T?>> read, bool needed, ISyncConsole console, CancellationToken cancellationToken)
        where T : class
    {
        try
        {
            return await read(cancellationToken).ConfigureAwait(false);
        }
        catch (ConnectorException failure) when (!needed && s_passable.Contains(failure.ErrorId, StringComparer.Ordinal))
        {
            console.Verbose($"Left out, because nothing depends on it: {failure.Message}");
            return null;
        }
    }
}
