using System;
using System.Collections.Generic;
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

    /// <summary>Signs in and proves nothing: a read that follows proves what it needs itself.</summary>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when the login server gave a token.</returns>
    Task SignInAsync(CancellationToken cancellationToken);

    /// <summary>Reads managed devices, users and the members of the policy's groups.</summary>
    /// <param name="policy">The access policy: which groups, which service plans.</param>
    /// <param name="known">What is remembered of the tenant, to be brought up to date; null to read everything anew.</param>
    /// <param name="console">Receives progress of <see cref="SyncStage.ReadManagedDevices"/> and <see cref="SyncStage.ReadUsers"/>.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The tenant as it is now, whichever way it was read; marked incomplete where the end of a list was not seen.</returns>
    Task<TenantRead> ReadAsync(AccessPolicy policy, TenantMemory? known, ISyncConsole console, CancellationToken cancellationToken);

    /// <summary>Reads some users with all their managed devices anew, for a read that remembered them.</summary>
    /// <param name="policy">The access policy.</param>
    /// <param name="read">The read; one that changes were asked for.</param>
    /// <param name="users">The users' ids.</param>
    /// <param name="devices">Ids of managed devices that are not theirs and matter all the same.</param>
    /// <param name="console">Is told of waits.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>The read with what was found; the same object where all was as remembered.</returns>
    Task<TenantRead> ConfirmAsync(
        AccessPolicy policy, TenantRead read, IReadOnlyCollection<Guid> users, IReadOnlyCollection<string> devices, ISyncConsole console, CancellationToken cancellationToken);
}
