using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>What the overview of managed devices says: the truth, or what was true a while ago, or something near it.</summary>
internal sealed record OverviewCounts(IReadOnlyDictionary<string, int> BySystem, int Enrolled, DateTimeOffset Taken);

/// <summary>Takes those counts, as late and as wrongly as the options say.</summary>
internal sealed class OverviewCounter(GraphEndpointOptions options)
{
    private OverviewCounts? _last;

    /// <summary>Call it with changes shut out.</summary>
    public OverviewCounts Count(SandboxWorld world)
    {
        DateTimeOffset now = options.Time.GetUtcNow();
        if (_last is { } last && now - last.Taken < options.OverviewLag) return last;
        Dictionary<string, int> bySystem = world.ManagedDevices.CountBy(device => device.OperatingSystem).ToDictionary();
        return _last = new OverviewCounts(bySystem, Math.Max(0, world.ManagedDevices.Count + options.OverviewError), now);
    }
}
