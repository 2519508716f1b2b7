using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Inspection;
using IntuneExchangeConnector.Engine.Prerequisites;
using IntuneExchangeConnector.Engine.Prerequisites.Roles;
using IntuneExchangeConnector.Engine.Setup;

namespace IntuneExchangeConnector.Engine;

public sealed partial class ConnectorEngine
{
    /// <summary>Checks what a connector needs. Nothing is changed and nothing is written; a failed check is a row.</summary>
    /// <param name="request">Which connector: an installed one, or one that may be.</param>
    /// <param name="shell">What the caller's shell lends.</param>
    /// <param name="console">How the engine speaks to the caller.</param>
    /// <param name="emit">Receives each row as it is proven, one at a time.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>Completes with the last row.</returns>
    public Task TestPrerequisitesAsync(PrerequisiteRequest request, CallerShell shell, ISyncConsole console, Func<PrerequisiteCheck, Task> emit, CancellationToken cancellationToken)
    {
        return TestAsync();

        async Task TestAsync()
        {
            var (settings, secrets) = Resolve(request);
            var run = new PrerequisiteRun(_services, settings, secrets, shell, console);
            await foreach (var row in run.RunAsync(cancellationToken).ConfigureAwait(false)) await emit(row).ConfigureAwait(false);
        }
    }

    /// <summary>Describes the role group that lets an account do what the connector does and nothing else, and compares a session with it. It creates nothing.</summary>
    /// <param name="request">Which.</param>
    /// <param name="shell">What the caller's shell lends.</param>
    /// <param name="console">How the engine speaks to the caller.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The role group.</returns>
    public Task<RoleGroupDefinition> DescribeRoleGroupAsync(RoleGroupRequest request, CallerShell shell, ISyncConsole console, CancellationToken cancellationToken)
    {
        return DescribeAsync();

        async Task<RoleGroupDefinition> DescribeAsync()
        {
            // Checked before anybody is asked.
            var plain = RoleGroupBuilder.Roles(request.RoleGroup, new Dictionary<string, IReadOnlyDictionary<string, IReadOnlyCollection<string>>>());
            if (request.Connector is { Settings: null, Name: null } && shell.Sessions.Count == 0 && _services.Configurations.List().Count == 0) return Define(request, plain, null);

            var (settings, secrets) = request.Connector is { Settings: null, Name: null } && _services.Configurations.List().Count == 0 ? (Borrowed, request.Connector.Secrets) : Resolve(request.Connector);
            var exchange = _services.OpenExchange(new ExchangeWay(settings, secrets, shell, console, null));
            await using (exchange.ConfigureAwait(false))
            {
                var inspection = exchange.Inspection;
                await inspection.OpenAsync(cancellationToken).ConfigureAwait(false);
                var offer = await inspection.ReadOfferAsync(cancellationToken).ConfigureAwait(false);
                if (!offer.Has(ExchangeCatalogue.GetServer) && !offer.Has(ExchangeCatalogue.GetMailbox)) return Define(request, plain, null);
                var servers = await RolesAsync(inspection, offer, cancellationToken).ConfigureAwait(false);
                return Define(request, RoleGroupBuilder.Roles(request.RoleGroup, servers), new PrerequisiteRun(_services, settings, secrets, shell, console).Account) with
                {
                    ComparedWith = inspection.Server,
                    Missing = RoleComparison.Missing(offer),
                    Beyond = RoleComparison.Beyond(await inspection.ReadEverythingOfferedAsync(cancellationToken).ConfigureAwait(false), offer),
                };
            }
        }
    }

    // A session of the caller is all that a comparison needs.
    private static ConnectorSettings Borrowed => new()
    {
        Name = ConnectorSettings.DefaultName,
        Exchange = new() { Entrance = ExchangeEntrance.CallerSession },
        Tenant = new() { TenantId = string.Empty, ClientId = string.Empty, Method = SignInMethod.AccessToken },
        Organization = string.Empty,
    };

    private static async Task<IReadOnlyDictionary<string, IReadOnlyDictionary<string, IReadOnlyCollection<string>>>> RolesAsync(IExchangeInspection exchange, ExchangeOffer offer, CancellationToken cancellationToken)
    {
        Dictionary<string, IReadOnlyDictionary<string, IReadOnlyCollection<string>>> roles = new(StringComparer.Ordinal);
        if (!offer.Has(InspectionCatalogue.GetRoleEntry)) return roles;
        foreach (var role in RoleGroupBuilder.Parents)
        {
            // Whoever may not read roles gets the roles as they are documented.
            if (await Attempt.OfAsync(() => exchange.ReadRoleAsync(role, cancellationToken)).ConfigureAwait(false) is { Value: { } entries }) roles.Add(role, entries);
        }

        return roles;
    }

    private static RoleGroupDefinition Define(RoleGroupRequest request, IReadOnlyList<RoleDefinition> roles, string? member) => new()
    {
        RoleGroup = request.RoleGroup,
        Member = member,
        Roles = roles,
        Script = RoleGroupScript.Write(request.RoleGroup, roles, member),
    };

    private (ConnectorSettings Settings, CommandSecrets Secrets) Resolve(PrerequisiteRequest request)
    {
        if (request.Settings is { } planned) return (planned, request.Secrets);
        var settings = _services.Configurations.Read(request.Name);
        return (settings, KeptSecrets.Complete(_services.Secrets, settings, request.Secrets));
    }
}
