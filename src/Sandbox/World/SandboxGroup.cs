using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>One group of the tenant; members may be users and further groups.</summary>
public sealed class SandboxGroup
{
    public required Guid Id { get; init; }

    public required string DisplayName { get; set; }

    /// <summary>True for a group that lives in the tenant alone.</summary>
    public bool IsCloudOnly { get; init; }

    /// <summary>A deleted group keeps its place, so that the indexes of the others stay true.</summary>
    public bool IsDeleted { get; set; }

    public List<int> UserIndexes { get; } = [];

    public List<int> GroupIndexes { get; } = [];
}
