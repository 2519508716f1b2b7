using System;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>An Exchange server of the organisation.</summary>
public sealed class SandboxServer
{
    public required Guid Guid { get; init; }

    public required string Name { get; init; }

    public required string Fqdn { get; init; }

    /// <summary>As Exchange prints it: <c>Version 15.2 (Build 1748.10)</c>.</summary>
    public required string AdminDisplayVersion { get; init; }

    /// <summary>As printed: <c>Mailbox</c> from 2016 on, a flags list before.</summary>
    public required string ServerRole { get; init; }

    public required bool IsClientAccessServer { get; init; }

    public required bool IsMailboxServer { get; init; }

    public string Edition { get; init; } = "Enterprise";

    public string Site { get; init; } = "Default-First-Site-Name";
}
