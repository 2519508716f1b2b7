using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Engine.Intune;

namespace IntuneExchangeConnector.Engine.Prerequisites.Checks;

/// <summary>What the connector needs of the tenant, and of its application's permissions there.</summary>
/// <param name="tenant">The tenant.</param>
/// <param name="name">The tenant's id or domain, for people.</param>
/// <param name="policy">Says which service plans count as a licence.</param>
/// <param name="time">The clock.</param>
internal sealed class TenantChecks(ITenantInspection tenant, string name, AccessPolicy policy, TimeProvider time)
{
    // Users come every half an hour as a rule; after three hours new ones are missed.
    public static readonly TimeSpan LongAgo = TimeSpan.FromHours(3);

    private const int MostEntries = 5;

    private const string Where = "In the Microsoft Intune admin center";

    /// <summary>Checks a tenant that nobody has signed in to yet.</summary>
    public async IAsyncEnumerable<PrerequisiteCheck> RunAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (facts, failure) = await Attempt.OfAsync(() => tenant.SignInAsync(cancellationToken)).ConfigureAwait(false);
        if (facts is null)
        {
            foreach (var row in Unreachable(name, failure!)) yield return row;
            yield break;
        }

        yield return Requirements.TenantSignIn.Passed(name, Describe(facts));
        foreach (var (permission, purpose) in tenant.Permissions) yield return await PermissionAsync(permission, purpose, facts, cancellationToken).ConfigureAwait(false);
        yield return await QuickAsync(facts, cancellationToken).ConfigureAwait(false);
        await foreach (var row in RunConnectedAsync(cancellationToken).ConfigureAwait(false)) yield return row;
    }

    /// <summary>Checks the tenant itself, for an application that is signed in.</summary>
    public async IAsyncEnumerable<PrerequisiteCheck> RunConnectedAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (facts, failure) = await Attempt.OfAsync(() => tenant.ReadTenantAsync(cancellationToken)).ConfigureAwait(false);
        if (facts is null)
        {
            yield return Unread(Requirements.MdmAuthority, failure!, $"{Where}, Tenant administration, Tenant status shows it.");
            yield return Unread(Requirements.DirectorySync, failure!, "The Microsoft Entra admin center shows it under Entra Connect.");
        }
        else
        {
            yield return Authority(facts);
            yield return Sync(facts);
        }

        var (pools, unread) = await Attempt.OfAsync(() => tenant.ReadLicencesAsync(policy.LicencePlans.ToList(), cancellationToken)).ConfigureAwait(false);
        yield return pools is null ? Unread(Requirements.IntuneLicence, unread!, "The Microsoft 365 admin center shows them under Billing, Licenses.") : Licences(pools);
        yield return await EntryAsync(cancellationToken).ConfigureAwait(false);
    }

    /// <summary>The rows of a tenant that cannot be signed in to.</summary>
    public static IEnumerable<PrerequisiteCheck> Unreachable(string name, ConnectorException failure)
    {
        yield return Requirements.TenantSignIn.Failed(name, failure);
        foreach (var (permission, _) in GraphPermissions.Needed) yield return Requirements.GraphPermission.Skipped(permission, "Nobody is signed in to the tenant.");
        foreach (var row in (Requirement[])[Requirements.MdmAuthority, Requirements.DirectorySync, Requirements.IntuneLicence, Requirements.IntuneConnector]) yield return row.Skipped(name, "Nobody is signed in to the tenant.");
    }

    private async Task<PrerequisiteCheck> PermissionAsync(string permission, string purpose, TokenFacts token, CancellationToken cancellationToken)
    {
        var row = Requirements.GraphPermission;
        if (await Attempt.OfAsync(() => tenant.ProveAsync(permission, cancellationToken)).ConfigureAwait(false) is { } failure) return row.Failed(permission, failure);
        var carried = token.Permissions is not { } names ? string.Empty
            : names.Contains(permission, StringComparer.OrdinalIgnoreCase) ? " The token carries it."
            : " The token carries another one that includes it.";
        return row.Passed(permission, $"Graph answered (for {purpose}).{carried}");
    }

    // A sync does without it, so its absence costs time and stops nothing.
    private async Task<PrerequisiteCheck> QuickAsync(TokenFacts token, CancellationToken cancellationToken)
    {
        var (permission, purpose) = GraphPermissions.Quick;
        var row = await PermissionAsync(permission, purpose, token, cancellationToken).ConfigureAwait(false);
        if (row.Status != PrerequisiteStatus.Failed) return row;
        return row.Proof.StartsWith(ErrorIds.GraphPermissionMissing, StringComparison.Ordinal)
            ? Requirements.GraphPermission.Warning(permission, $"{row.Proof} A quick sync reads managed devices whole.", row.Remedy)
            : Requirements.GraphPermission.Skipped(permission, row.Proof, row.Remedy);
    }

    private async Task<PrerequisiteCheck> EntryAsync(CancellationToken cancellationToken)
    {
        var row = Requirements.IntuneConnector;
        var (entries, failure) = await Attempt.OfAsync(() => tenant.ReadConnectorsAsync(cancellationToken)).ConfigureAwait(false);
        if (entries is null) return row.Skipped(name, $"{failure!.ErrorId}: {failure.Message}", $"Nothing depends on it. Grant {GraphAddresses.ServicePermission} to see it.");
        if (entries.Count == 0) return row.Passed(name, "Intune lists none; nothing depends on it.");
        return row.Passed(name, string.Join("; ", entries.Take(MostEntries).Select(static entry => string.Format(
            CultureInfo.InvariantCulture,
            "{0} for {1}: {2}, last sync {3}",
            entry.Name.Length > 0 ? entry.Name : entry.Id,
            entry.Organization.Length > 0 ? entry.Organization : entry.Server,
            entry.Status,
            entry.LastSync is { } last ? last.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture) : "never"))) + ".");
    }

    private static string Describe(TokenFacts facts)
    {
        var kind = facts.IsDelegated ? "a person" : "the application";
        var until = facts.Expires is { } expires ? string.Format(CultureInfo.InvariantCulture, ", token valid until {0:yyyy-MM-dd HH:mm} UTC", expires) : string.Empty;
        return facts.Permissions is null
            ? $"Signed in{until}; the token does not tell its permissions."
            : $"Signed in as {kind}{until}; permissions: {(facts.Permissions.Count == 0 ? "none" : string.Join(", ", facts.Permissions))}.";
    }

    private PrerequisiteCheck Authority(TenantFacts facts)
    {
        var row = Requirements.MdmAuthority;
        const string Remedy = Where + ", Tenant administration, set the MDM authority to Intune.";
        return facts.MdmAuthority switch
        {
            null => row.Warning(name, "The tenant does not tell its MDM authority.", $"{Where}, Tenant administration, Tenant status shows it."),
            { } authority when string.Equals(authority, "intune", StringComparison.OrdinalIgnoreCase) => row.Passed(name, $"mobileDeviceManagementAuthority is {authority} ({facts.Name})."),
            { } authority => row.Failed(name, $"mobileDeviceManagementAuthority is {authority} ({facts.Name}).", Remedy),
        };
    }

    private PrerequisiteCheck Sync(TenantFacts facts)
    {
        var row = Requirements.DirectorySync;
        if (facts.IsSynchronised is not true)
        {
            return row.Failed(name, $"onPremisesSyncEnabled is {(facts.IsSynchronised is null ? "not set" : "false")}: users of the tenant can be joined with mailboxes by their addresses only.", "Set up Microsoft Entra Connect for the domain of the Exchange organisation.");
        }

        const string Remedy = "Start-ADSyncSyncCycle -PolicyType Delta, on the server that runs Microsoft Entra Connect; Get-ADSyncScheduler shows whether it is enabled.";
        if (facts.LastSync is not { } last) return row.Warning(name, "Users were never synchronised.", Remedy);
        var age = time.GetUtcNow() - last;
        var proof = string.Format(CultureInfo.InvariantCulture, "Users were synchronised at {0:yyyy-MM-dd HH:mm} UTC, {1:0.#} hours ago.", last, Math.Max(0, age.TotalHours));
        return age > LongAgo ? row.Warning(name, proof, Remedy) : row.Passed(name, proof);
    }

    private PrerequisiteCheck Licences(IReadOnlyList<LicencePool> pools)
    {
        var row = Requirements.IntuneLicence;
        var plans = string.Join(", ", policy.LicencePlans);
        var working = pools.Where(static pool => pool.IsEnabled).ToList();
        if (working.Count == 0)
        {
            return row.Failed(name, $"No subscription in force holds the service plan {plans}.", "Buy Intune licences, or name the plan that you have with Set-ConnectorAccessPolicy -LicencePlan.");
        }

        var consumed = working.Sum(static pool => (long)pool.Consumed);
        var proof = string.Format(CultureInfo.InvariantCulture, "{0}: {1} licences, {2} given to users.", string.Join(", ", working.Select(static pool => pool.Name)), working.Sum(static pool => (long)pool.Enabled), consumed);
        return consumed == 0
            ? row.Warning(name, proof, "Give Intune licences to the users whose phones are to be decided: whoever has none is left to Exchange.")
            : row.Passed(name, proof);
    }

    // The connector works without this permission, so its absence leaves a gap and is no fault.
    private PrerequisiteCheck Unread(Requirement row, ConnectorException failure, string elsewhere) => failure.ErrorId == ErrorIds.GraphPermissionMissing
        ? row.Skipped(name, $"The application has no permission {GraphAddresses.OrganizationPermission}.", $"Grant {GraphAddresses.OrganizationPermission} to have it checked. {elsewhere}")
        : row.Skipped(name, $"{failure.ErrorId}: {failure.Message}", elsewhere);
}
