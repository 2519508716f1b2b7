using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Policy.Import;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Setup;

namespace IntuneExchangeConnector.Engine;

/// <summary>The access policy: kept locally, with groups by id, and importable from a tenant that still holds an old one.</summary>
public sealed partial class ConnectorEngine
{
    /// <summary>A connector's access policy.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <returns>The policy, with the names of its groups where they are known.</returns>
    public AccessPolicy GetPolicy(string? name) => PolicyOf(_services.Configurations.Read(name));

    /// <summary>Names of groups that were seen before, for completion.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <returns>The names, sorted, each once.</returns>
    public IReadOnlyList<string> GetGroupNames(string? name) =>
        [.. NamesOf(_services.Configurations.Read(name)).Values.Distinct(StringComparer.OrdinalIgnoreCase).OrderBy(static group => group, StringComparer.OrdinalIgnoreCase)];

    /// <summary>Finds groups of the tenant by their names.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="groups">The names.</param>
    /// <param name="secrets">The secrets that came with the command.</param>
    /// <param name="console">Shows what a person must do to sign in.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>One group for each name, in their order.</returns>
    /// <exception cref="ConnectorException">GroupNotFound or GroupAmbiguous.</exception>
    public Task<IReadOnlyList<TenantGroup>> FindGroupsAsync(
        string? name, IReadOnlyList<string> groups, CommandSecrets secrets, ISyncConsole console, CancellationToken cancellationToken)
    {
        return FindAsync();

        async Task<IReadOnlyList<TenantGroup>> FindAsync()
        {
            using var tenant = OpenTenant(_services.Configurations.Read(name), secrets, console);
            var found = new List<TenantGroup>();
            foreach (var group in groups) found.Add(PolicyRules.One(group, await tenant.Policy.FindGroupsAsync(group, cancellationToken).ConfigureAwait(false)));
            return found;
        }
    }

    /// <summary>What a connector's access policy would be after a change; nothing is changed.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="change">Makes the new policy from the old.</param>
    /// <param name="found">Groups whose names are known beside those that were seen before.</param>
    /// <returns>The policy after the change.</returns>
    /// <exception cref="ConnectorException">InvalidParameter: the change would be refused.</exception>
    public AccessPolicy PreviewPolicy(string? name, Func<AccessPolicy, AccessPolicy> change, IReadOnlyCollection<TenantGroup> found)
    {
        var now = GetPolicy(name);
        return Changed(now with { GroupNames = With(now.GroupNames, found) }, change);
    }

    /// <summary>Changes a connector's access policy.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="change">Makes the new policy from the old.</param>
    /// <param name="found">Groups whose names are remembered from here on.</param>
    /// <param name="console">Receives warnings about what the change means.</param>
    /// <returns>The policy after the change.</returns>
    public AccessPolicy SetPolicy(string? name, Func<AccessPolicy, AccessPolicy> change, IReadOnlyCollection<TenantGroup> found, ISyncConsole console)
    {
        var settings = _services.Configurations.Read(name);
        return Save(settings, Changed(PolicyOf(settings), change), found, console);
    }

    /// <summary>Reads the policy of Intune's own connector out of the tenant and works out what an import would change; nothing is changed.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="secrets">The secrets that came with the command.</param>
    /// <param name="console">Shows what a person must do to sign in.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The import.</returns>
    /// <exception cref="ConnectorException">LegacyPolicyNotFound: the tenant holds none.</exception>
    public Task<PolicyImport> PreviewImportAsync(
        string? name, PolicyImportRequest request, CommandSecrets secrets, ISyncConsole console, CancellationToken cancellationToken)
    {
        return PreviewAsync();

        async Task<PolicyImport> PreviewAsync()
        {
            var settings = _services.Configurations.Read(name);
            using var tenant = OpenTenant(settings, secrets, console);
            var legacy = await tenant.Policy.ReadLegacyPolicyAsync(cancellationToken).ConfigureAwait(false);
            if (legacy.IsBlank) throw PolicyRules.NothingToImport(settings);
            var takesGroups = legacy.Access is not null && !request.Exclude.Contains(PolicyImportPart.Group);
            var groups = takesGroups ? await tenant.Policy.ReadGroupsAsync(GroupsOf(legacy.Access!), cancellationToken).ConfigureAwait(false) : [];
            return PolicyImporter.Import(PolicyOf(settings), settings.Wanted.Rules, legacy, groups, request);
        }
    }

    /// <summary>Whether an import can be carried out, to be asked before a person is.</summary>
    /// <param name="import">The import.</param>
    /// <returns>The policy after the import.</returns>
    /// <exception cref="ConnectorException">GroupNotFound or InvalidParameter: it would be refused.</exception>
    public AccessPolicy CheckImport(PolicyImport import)
    {
        PolicyRules.RequireComplete(import);
        return Changed(import.PolicyBefore, _ => import.Policy);
    }

    /// <summary>Carries out an import as it was previewed.</summary>
    /// <param name="name">The connector; null for the only one.</param>
    /// <param name="import">The import.</param>
    /// <param name="console">Receives warnings about what the change means.</param>
    /// <returns>The policy after the import.</returns>
    /// <exception cref="ConnectorException">PolicyChanged: somebody changed policy or rules since the preview.</exception>
    public AccessPolicy ImportPolicy(string? name, PolicyImport import, ISyncConsole console)
    {
        CheckImport(import);
        var settings = _services.Configurations.Read(name);
        var now = PolicyOf(settings);
        PolicyRules.RequireUnchanged(import, now, settings.Wanted.Rules);
        var policy = Changed(now, _ => import.Policy);
        return Save(settings with { Wanted = settings.Wanted with { Rules = import.Rules } }, policy, import.Groups, console);
    }

    private static AccessPolicy Changed(AccessPolicy now, Func<AccessPolicy, AccessPolicy> change)
    {
        var policy = change(now);
        PolicyRules.Check(policy);
        PolicyRules.CheckChange(now, policy);
        ConfigurationRules.Check(policy.Organization);
        return policy;
    }

    private AccessPolicy Save(ConnectorSettings settings, AccessPolicy policy, IReadOnlyCollection<TenantGroup> found, ISyncConsole console)
    {
        var before = PolicyOf(settings);
        _services.Configurations.Write(settings with { Policy = policy, Wanted = settings.Wanted with { Organization = policy.Organization } });
        if (found.Count > 0)
        {
            using var store = OpenState(settings);
            GroupMemory.Remember(store, found);
        }

        var after = policy with { Connector = settings.Name, GroupNames = With(before.GroupNames, found) };
        foreach (var setting in AccessPolicySetting.All.Where(setting => setting.Differs(before, after))) console.Verbose($"{setting.Name}: {setting.In(after).Effect}");
        foreach (var warning in PolicyRules.Warnings(after).Concat(PolicyRules.Warnings(before, after))) console.Warning(warning);
        return after;
    }

    private AccessPolicy PolicyOf(ConnectorSettings settings) =>
        settings.Policy with { Connector = settings.Name, Organization = settings.Wanted.Organization, GroupNames = NamesOf(settings) };

    // Names are a comfort: a state that cannot be read is told by whoever needs it.
    private IReadOnlyDictionary<string, string> NamesOf(ConnectorSettings settings)
    {
        try
        {
            using var store = OpenState(settings);
            return GroupMemory.Read(store);
        }
        catch (ConnectorException)
        {
            return new Dictionary<string, string>();
        }
    }

    private IManagedDeviceSource OpenTenant(ConnectorSettings settings, CommandSecrets secrets, ISyncConsole console) =>
        _services.OpenTenant(settings.Tenant, settings.Policy, KeptSecrets.Complete(_services.Secrets, settings, secrets), console);

    private static IReadOnlyDictionary<string, string> With(IReadOnlyDictionary<string, string> known, IReadOnlyCollection<TenantGroup> found)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var pair in known) names[pair.Key] = pair.Value;
        foreach (var group in found) names[group.Id.ToString("D")] = group.DisplayName;
        return names;
    }

    private static IReadOnlyCollection<Guid> GroupsOf(LegacyAccessSettings access) =>
        [.. access.IncludedGroups.Concat(access.ExcludedGroups).Select(static text => Guid.TryParse(text, out var id) ? id : Guid.Empty).Where(static id => id != Guid.Empty).Distinct()];
}
