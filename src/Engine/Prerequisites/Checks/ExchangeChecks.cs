using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Exchange.Inspection;

namespace IntuneExchangeConnector.Engine.Prerequisites.Checks;

/// <summary>What the connector needs of the Exchange organisation, and of its account's rights in it.</summary>
/// <param name="exchange">The session.</param>
/// <param name="account">The account of the session; null where it is not known.</param>
/// <param name="sessions">How many sessions the connector opens at once.</param>
/// <param name="needs">What a full run of this connector looks after.</param>
internal sealed class ExchangeChecks(IExchangeInspection exchange, string? account, int sessions, ConfigurationNeeds needs = ConfigurationNeeds.None)
{
    private readonly CmdletChecks _cmdlets = new(exchange.IsOwn, account, needs);

    /// <summary>The servers that were read; empty before, and where they could not be.</summary>
    public IReadOnlyList<ExchangeServer> Servers { get; private set; } = [];

    /// <summary>Checks a session that may not be open yet.</summary>
    public async IAsyncEnumerable<PrerequisiteCheck> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (took, failure) = await Attempt.OfAsync(() => exchange.OpenAsync(cancellationToken)).ConfigureAwait(false);
        if (failure is not null)
        {
            yield return Requirements.ExchangeSession.Failed(exchange.Server, failure);
            foreach (var row in Unreachable(exchange.Server)) yield return row;
            yield break;
        }

        var who = account is null ? "the caller's account" : account;
        yield return Requirements.ExchangeSession.Passed(
            exchange.Server,
            took == TimeSpan.Zero ? "The session is open." : string.Format(CultureInfo.InvariantCulture, "Opened for {0} in {1:0} ms.", who, took.TotalMilliseconds));
        var (offer, unread) = await Attempt.OfAsync(() => exchange.ReadOfferAsync(cancellationToken)).ConfigureAwait(false);
        if (offer is null)
        {
            yield return Requirements.ExchangeCmdlet.Failed(exchange.Server, unread!);
            yield break;
        }

        foreach (var row in _cmdlets.Run(offer)) yield return row;
        if (offer.Has("Get-ExchangeServer"))
        {
            var (servers, unlisted) = await Attempt.OfAsync(() => exchange.ReadServersAsync(cancellationToken)).ConfigureAwait(false);
            if (unlisted is not null) yield return Requirements.ExchangeVersion.Failed(exchange.Server, unlisted);
            Servers = servers ?? [];
            foreach (var row in VersionChecks.Run(Servers, exchange.Server)) yield return row;
        }

        yield return await ForestAsync(offer, cancellationToken).ConfigureAwait(false);
        yield return await ScopeAsync(offer, cancellationToken).ConfigureAwait(false);
        yield return await ThrottlingAsync(offer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Checks a session that is connected: its scope and its view are proven.</summary>
    /// <param name="organization">What connecting learned.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<PrerequisiteCheck> RunConnectedAsync(ExchangeOrganization organization, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (offer, unread) = await Attempt.OfAsync(() => exchange.ReadOfferAsync(cancellationToken)).ConfigureAwait(false);
        if (offer is null)
        {
            yield return Requirements.ExchangeCmdlet.Failed(exchange.Server, unread!);
            yield break;
        }

        foreach (var row in _cmdlets.Run(offer)) yield return row;
        Servers = organization.Servers;
        foreach (var row in VersionChecks.Run(Servers, exchange.Server)) yield return row;
        yield return await ThrottlingAsync(offer, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The rows of everything that needs a session, where there is none.</summary>
    public static IEnumerable<PrerequisiteCheck> Unreachable(string server)
    {
        foreach (var row in (Requirement[])[Requirements.ExchangeCmdlet, Requirements.ExchangeVersion, Requirements.NewestServer, Requirements.ForestView, Requirements.OrganizationScope, Requirements.ThrottlingPolicy])
        {
            yield return row.Skipped(server, "No session could be opened.");
        }
    }

    private async Task<PrerequisiteCheck> ForestAsync(ExchangeOffer offer, CancellationToken cancellationToken)
    {
        var row = Requirements.ForestView;
        if (!exchange.IsOwn) return row.Skipped(exchange.Server, "The session is the caller's: its view is left as it is.", "Set-ADServerSettings -ViewEntireForest $true, in that session, where the forest has several domains.");
        if (!offer.Has("Set-ADServerSettings")) return row.Skipped(exchange.Server, "The session does not offer Set-ADServerSettings.");
        var failure = await Attempt.OfAsync(() => exchange.ViewEntireForestAsync(cancellationToken)).ConfigureAwait(false);
        return failure is null ? row.Passed(exchange.Server, "Set-ADServerSettings -ViewEntireForest was accepted.") : row.Failed(exchange.Server, failure);
    }

    private async Task<PrerequisiteCheck> ScopeAsync(ExchangeOffer offer, CancellationToken cancellationToken)
    {
        var row = Requirements.OrganizationScope;
        if (!offer.Has("Get-CASMailbox")) return row.Skipped("Get-CASMailbox", "The session does not offer it.");
        var (mailboxes, failure) = await Attempt.OfAsync(() => exchange.ReadSomeMailboxesAsync(cancellationToken)).ConfigureAwait(false);
        if (mailboxes is null) return row.Failed("Get-CASMailbox", failure!);
        const string Remedy = "Give the account's roles the scope of the whole organisation: Get-ManagementRoleAssignment -RoleAssignee <account> -GetEffectiveUsers shows the scopes.";
        return mailboxes.Count switch
        {
            > 1 => row.Passed("Get-CASMailbox", $"Sees several mailboxes, among them {mailboxes[0]} and {mailboxes[1]}."),
            1 => row.Failed("Get-CASMailbox", $"Sees one mailbox only, {mailboxes[0]}: a session of that scope would report every other one as gone.", Remedy),
            _ => row.Failed("Get-CASMailbox", "Sees no mailbox at all.", Remedy),
        };
    }

    private async Task<PrerequisiteCheck> ThrottlingAsync(ExchangeOffer offer, CancellationToken cancellationToken)
    {
        var row = Requirements.ThrottlingPolicy;
        var target = account ?? "the session's account";
        var command = account is null
            ? "Get-ThrottlingPolicyAssociation -Identity <account>, as an administrator; then Get-ThrottlingPolicy | Format-List Name, PowerShellMaxConcurrency."
            : $"Get-ThrottlingPolicyAssociation -Identity {PowerShellText.Quote(account)}, as an administrator; then Get-ThrottlingPolicy | Format-List Name, PowerShellMaxConcurrency.";
        if (account is null) return row.Skipped(target, "It is not known whose session this is.", command);
        if (!offer.Has("Get-ThrottlingPolicy")) return row.Skipped(target, "The session does not show Get-ThrottlingPolicy.", command);
        var (allowance, failure) = await Attempt.OfAsync(() => exchange.ReadAllowanceAsync(account, cancellationToken)).ConfigureAwait(false);
        if (failure is not null) return row.Skipped(target, $"{failure.ErrorId}: {failure.Message}", command);
        return ThrottlingCheck.Judge(target, allowance, sessions, command);
    }
}
