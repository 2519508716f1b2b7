using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Intune;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>
/// Sees to it that a quick run takes mail from nobody on what is only remembered: whoever would lose it is looked at anew first, once in a run.
/// </summary>
internal sealed class DenialEvidence(IManagedDeviceSource tenant, AccessPolicy policy, ISyncConsole console)
{
    // Beyond this a walk through everything takes fewer requests.
    private const int MostUsers = 2000;

    private readonly HashSet<Guid> _looked = [];

    /// <summary>Looks at those whom a plan would deny.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="read">What it was made from.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What is known now; the same object where it is what the plan was made from.</returns>
    public async Task<TenantRead> ConfirmAsync(SyncPlan plan, TenantRead read, CancellationToken cancellationToken)
    {
        if (read.IsWhole) return read;
        var users = new HashSet<Guid>();
        var devices = new HashSet<string>(StringComparer.Ordinal);
        foreach (var assessment in plan.Assessments)
        {
            if (!assessment.LosesAccess || assessment.Owner is not { } owner || !_looked.Add(owner.Id)) continue;
            users.Add(owner.Id);
            if (assessment.Device is { } device && device.UserId != owner.Id) devices.Add(device.Id);
        }

        if (users.Count == 0) return read;
        if (users.Count > MostUsers)
        {
            console.Verbose(string.Format(CultureInfo.InvariantCulture, "Before anybody loses mail on a phone the tenant is read whole (users: {0}).", users.Count));
            return await tenant.ReadAsync(policy, null, console, cancellationToken).ConfigureAwait(false);
        }

        console.Verbose(string.Format(CultureInfo.InvariantCulture, "Before anybody loses mail on a phone, those users, their managed devices and their groups are read anew (users: {0}).", users.Count));
        return await tenant.ConfirmAsync(policy, read, users, devices, console, cancellationToken).ConfigureAwait(false);
    }
}
