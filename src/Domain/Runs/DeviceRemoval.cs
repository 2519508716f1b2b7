using System.Collections.Generic;

namespace IntuneExchangeConnector.Domain.Runs;

/// <summary>A device whose partnership somebody wants ended.</summary>
/// <param name="Device">The device.</param>
/// <param name="Entries">The entries of its mailbox that go with it.</param>
/// <param name="SharedWith">The mailbox's other partnerships with the same id. The entries are for them as well, and go with the last of them.</param>
/// <param name="BlockStays">True when an administrator's entry in the blocked list stays and keeps the device out.</param>
public sealed record DeviceRemoval(ConnectorDevice Device, IReadOnlyList<ConnectorExemption> Entries, IReadOnlyList<ConnectorDevice> SharedWith, bool BlockStays);
