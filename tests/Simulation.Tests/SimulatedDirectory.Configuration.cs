using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Engine.Exchange;

namespace IntuneExchangeConnector.Simulation.Tests;

/// <summary>The organisation's configuration.</summary>
internal sealed partial class SimulatedDirectory
{
    /// <summary>Makes a write to the configuration fail as a server would.</summary>
    public Func<PlannedChange, Exception?>? RefuseConfiguration { get; init; }

    /// <summary>What a run asked for.</summary>
    public ConfigurationNeeds Needed { get; private set; }

    /// <summary>Changes of the configuration, in their order.</summary>
    public List<PlannedChange> Configured { get; } = [];

    public Task RequireAsync(ConfigurationNeeds needs, CancellationToken cancellationToken)
    {
        Needed = needs;
        return Task.CompletedTask;
    }

    public Task<IReadOnlyList<ExchangeMailboxPolicy>?> ReadPoliciesAsync(CancellationToken cancellationToken) => Answer(() => (IReadOnlyList<ExchangeMailboxPolicy>?)organization.Policies);

    public Task<IReadOnlyList<DeviceClass>?> ReadDeviceClassesAsync(CancellationToken cancellationToken) => Answer(() => (IReadOnlyList<DeviceClass>?)[]);

    public Task<Guid?> CreateAsync(PlannedChange change, CancellationToken cancellationToken) => Answer(() => Write(change, () => organization.Create(change)));

    private Task WriteConfigurationAsync(PlannedChange change) => Answer(() => Write<Guid?>(change, () =>
    {
        organization.Write(change);
        return null;
    }));

    private T Write<T>(PlannedChange change, Func<T> write)
    {
        if (RefuseConfiguration?.Invoke(change) is { } refusal) throw refusal;
        var result = write();
        Configured.Add(change);
        kill.Pass();
        return result;
    }
}
