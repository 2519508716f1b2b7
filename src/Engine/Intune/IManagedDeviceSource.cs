using System;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>
/// The tenant as the connector uses it. Every failure is a <see cref="Domain.Errors.ConnectorException"/>. One implementation speaks to
/// Microsoft Graph; tests bring one of their own.
/// </summary>
public partial interface IManagedDeviceSource : IDisposable
{
    /// <summary>Requests sent so far, retries and sign-in included.</summary>
    int RequestsSent { get; }

    /// <summary>Signs in and proves that each permission a sync needs is there.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when the tenant answered.</returns>
    Task ConnectAsync(CancellationToken cancellationToken);

    /// <summary>Reads managed devices, users and the members of the policy's groups.</summary>
    /// <param name="policy">The access policy: which groups, which service plans.</param>
    /// <param name="console">Receives progress of <see cref="SyncStage.ReadManagedDevices"/> and <see cref="SyncStage.ReadUsers"/>.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>What the tenant said; marked incomplete where the end of a list was not seen.</returns>
    Task<TenantSnapshot> ReadAsync(AccessPolicy policy, ISyncConsole console, CancellationToken cancellationToken);
}
