using System;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>A device access rule of the organisation.</summary>
public sealed class SandboxAccessRule
{
    public required Guid Guid { get; init; }

    /// <summary>DeviceType, DeviceModel, DeviceOS, UserAgent or XMSWLHeader.</summary>
    public required string Characteristic { get; init; }

    public required string QueryString { get; init; }

    /// <summary>Allow, Block or Quarantine.</summary>
    public required string AccessLevel { get; set; }

    public DateTimeOffset WhenChanged { get; set; }
}
