using System;
using System.Text.RegularExpressions;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>An Exchange server of the organisation.</summary>
public sealed partial class SandboxServer
{
    private readonly string _adminDisplayVersion = string.Empty;

    public required Guid Guid { get; init; }

    public required string Name { get; init; }

    public required string Fqdn { get; init; }

    /// <summary>As Exchange prints it: <c>Version 15.2 (Build 1748.10)</c>.</summary>
    public required string AdminDisplayVersion
    {
        get => _adminDisplayVersion;
        init => (_adminDisplayVersion, Version) = (value, Version.Parse(Printed().Replace(value, "$1.$2")));
    }

    /// <summary>The same as four numbers: <c>15.2.1748.10</c>.</summary>
    public Version Version { get; private init; } = new();

    /// <summary>As printed: <c>Mailbox</c> or <c>Edge</c> from 2016 on, whatever else runs there; a flags list before.</summary>
    public required string ServerRole { get; init; }

    public bool IsClientAccessServer { get; init; }

    public bool IsMailboxServer { get; init; }

    public bool IsHubTransportServer { get; init; }

    public bool IsUnifiedMessagingServer { get; init; }

    public bool IsFrontendTransportServer { get; init; }

    public bool IsEdgeServer { get; init; }

    public string Edition { get; init; } = "Enterprise";

    public string Site { get; init; } = "Default-First-Site-Name";

    /// <summary>True for 2010, whose objects look otherwise and whose cmdlets have the older names only.</summary>
    public bool IsExchange2010 => Version.Major == 14;

    /// <summary>Whether the server answers on its own address: an Edge server stands outside the domain, and a 2013 server needs the Client Access role for it.</summary>
    public bool OffersSessions => !IsEdgeServer && (Version is not { Major: 15, Minor: 0 } || IsClientAccessServer);

    [GeneratedRegex(@"^Version (\d+\.\d+) \(Build (\d+\.\d+)\)$", RegexOptions.CultureInvariant)]
    private static partial Regex Printed();
}
