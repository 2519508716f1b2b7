using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>How a Graph endpoint behaves; what it shows comes from the world.</summary>
public sealed record GraphEndpointOptions
{
    /// <summary>The app that exists unless others are named: any secret-less test may sign in with it.</summary>
    public static GraphApplication DefaultApplication { get; } = new(new Guid("5a0db0c5-7d5e-4c0a-9f9e-0c0c0f1d2e3a"));

    public IReadOnlyList<GraphApplication> Applications { get; init; } = [DefaultApplication];

    /// <summary>Clock of tokens and certificates; clients compare it with their own.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    public TimeSpan TokenLifetime { get; init; } = TimeSpan.FromSeconds(3599);

    /// <summary>The authority that signs the server's certificate; one of its own is made when this is null.</summary>
    public ThrowAwayAuthority? Authority { get; init; }

    /// <summary>True: plain http, for clients in processes whose trust was settled before this endpoint's authority came to be.</summary>
    public bool PlainHttp { get; init; }

    /// <summary>0 takes any free port.</summary>
    public int Port { get; init; }

    public int ManagedDevicePageSize { get; init; } = 1000;

    /// <summary>
    /// True: the count that comes with managed devices is the number of rows on the page. False: of all rows, on the first page.
    /// The field has seen both, so a client may build on neither.
    /// </summary>
    public bool CountsPages { get; init; }

    /// <summary>Objects on a page of changes; a member of a group counts as one. A client may prefer another size.</summary>
    public int DeltaPageSize { get; init; } = 200;

    /// <summary>
    /// Number of changes that every answer to a link repeats though the client has had them; where it is not 0, each page brings its first object twice, too.
    /// </summary>
    public int ReplayedChanges { get; init; }

    /// <summary>How many requests an app may send; null for as many as it likes.</summary>
    public GraphRateLimits? RateLimits { get; init; }

    /// <summary>How long the overview of managed devices shows counts before it takes new ones.</summary>
    public TimeSpan OverviewLag { get; init; }

    /// <summary>By how many devices the overview is wrong.</summary>
    public int OverviewError { get; init; }

    /// <summary>The rows of old connectors; null for one that matches the world, where there is a <see cref="LegacyPolicy"/>.</summary>
    public IReadOnlyList<GraphExchangeConnector>? ExchangeConnectors { get; init; }

    /// <summary>How questions about <see cref="LegacyPolicy"/> are answered.</summary>
    public GraphLegacyAnswer LegacyAnswer { get; init; }

    /// <summary>The tenant's settings of the old connector; null for a tenant that never had one.</summary>
    public GraphLegacyPolicy? LegacyPolicy { get; init; } = new();

    /// <summary>What the tenant says of itself.</summary>
    public GraphOrganization Organization { get; init; } = new();

    /// <summary>How often a client that waits for a device code hears that nobody has entered it yet.</summary>
    public int DeviceCodePendingPolls { get; init; } = 1;

    /// <summary>Seconds that a client must leave between those questions.</summary>
    public int DeviceCodeInterval { get; init; } = 1;

    /// <summary>True: whoever got the device code says no.</summary>
    public bool DeviceCodeDeclined { get; init; }
}
