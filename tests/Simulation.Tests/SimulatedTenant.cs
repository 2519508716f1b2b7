using System;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Intune;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>The tenant's port over a simulated organisation.</summary>
internal sealed class SimulatedTenant(SimulatedOrganization organization, Func<TenantSnapshot, TenantSnapshot>? distort = null) : IManagedDeviceSource
{
    public int RequestsSent { get; private set; }

    public ITenantInspection Inspection => throw new NotSupportedException();

    public Task ConnectAsync(CancellationToken cancellationToken)
    {
        RequestsSent++;
        return Task.CompletedTask;
    }

    public async Task<TenantSnapshot> ReadAsync(AccessPolicy policy, ISyncConsole console, CancellationToken cancellationToken)
    {
        await Task.Yield();
        RequestsSent++;
        var snapshot = organization.Tenant(policy);
        return distort is null ? snapshot : distort(snapshot);
    }

    public void Dispose()
    {
    }
}
