using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Organization;

/// <summary>A pair of type and model that some device of the organisation has reported.</summary>
internal sealed record DeviceClass(string DeviceType, string DeviceModel, DateTimeOffset LastUpdateTime)
{
    public string Name => $"{DeviceType}§{DeviceModel}";

    public Guid Guid => StableGuid.Of(Name);

    /// <summary>Every class that a device stands for now. A device that sent no model counts by its type.</summary>
    public static IEnumerable<DeviceClass> All(SandboxWorld world) => world.Partnerships
        .Where(d => d.DeviceType.Length > 0)
        .GroupBy(d => (Type: d.DeviceType, Model: d.DeviceModel ?? d.DeviceType))
        .Select(g => new DeviceClass(g.Key.Type, g.Key.Model, g.Max(d => d.WhenChanged)))
        .OrderBy(c => c.Name, StringComparer.Ordinal);
}
