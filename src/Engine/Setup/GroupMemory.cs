using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Store;

namespace IntuneExchangeConnector.Engine.Setup;

/// <summary>
/// The names of groups, as the tenant told them last. The policy holds ids; names are kept in the state, for people alone: nothing is decided
/// by them, and losing them costs nothing but the next full run's request.
/// </summary>
internal static class GroupMemory
{
    private const string Key = "groups";

    // Names of groups that left the policy are still offered for completion; a memory needs an end all the same.
    private const int Most = 500;

    /// <summary>Reads the names.</summary>
    /// <param name="store">The state.</param>
    /// <returns>The names by id.</returns>
    public static IReadOnlyDictionary<string, string> Read(IStateStore store)
    {
        var names = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (var line in (store.ReadValue(Key) ?? string.Empty).Split('\n'))
        {
            var end = line.IndexOf('\t');
            if (end > 0) names[line.Substring(0, end)] = line.Substring(end + 1);
        }

        return names;
    }

    /// <summary>Remembers names.</summary>
    /// <param name="store">The state.</param>
    /// <param name="groups">The groups, the newest knowledge of them.</param>
    public static void Remember(IStateStore store, IReadOnlyCollection<TenantGroup> groups)
    {
        if (groups.Count == 0) return;
        var known = Read(store);
        var fresh = groups.Where(static group => group.DisplayName.Length > 0).ToDictionary(static group => group.Id.ToString("D"), static group => group.DisplayName, StringComparer.OrdinalIgnoreCase);
        var lines = fresh.Concat(known.Where(pair => !fresh.ContainsKey(pair.Key))).Take(Most).Select(static pair => $"{pair.Key}\t{pair.Value}");
        var text = string.Join("\n", lines);
        if (text != store.ReadValue(Key)) store.WriteValue(Key, text);
    }

    /// <summary>Asks the tenant for the names of a policy's groups. A run that can do without them does not fail for want of them.</summary>
    /// <param name="tenant">The tenant.</param>
    /// <param name="policy">The policy.</param>
    /// <param name="store">The state.</param>
    /// <param name="console">Is told when they cannot be had.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static async Task RefreshAsync(IManagedDeviceSource tenant, AccessPolicy policy, IStateStore store, ISyncConsole console, CancellationToken cancellationToken)
    {
        try
        {
            var ids = new PolicyGroups(policy).All;
            if (ids.Count > 0) Remember(store, await tenant.Policy.ReadGroupsAsync(ids, cancellationToken).ConfigureAwait(false));
        }
        catch (ConnectorException e) when (e.ErrorId is not (ErrorIds.StateNotWritable or ErrorIds.StateUnreadable))
        {
            console.Verbose($"The names of the policy's groups could not be read: {e.Message}");
        }
    }
}
