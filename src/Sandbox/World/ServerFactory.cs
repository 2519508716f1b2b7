namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>The servers of an organisation: a current, a 2019 and a 2016 one always, older ones and an Edge server where the options ask for them.</summary>
internal static class ServerFactory
{
    // Servers that came later draw from streams of their own: what older worlds drew stays as it was.
    private const int OwnStreams = 100;

    public static void Fill(WorldBuilder builder, ref EntityRandom random)
    {
        Add(builder, Modern(WorldNames.FirstServer, "Version 15.2 (Build 2562.17)", builder, ref random));
        Add(builder, Modern(WorldNames.SecondServer, "Version 15.2 (Build 1748.10)", builder, ref random));
        Add(builder, WorldNames.ThirdServer, "Version 15.1 (Build 2507.6)", "Mailbox", Roles.ClientAccess | Roles.Mailbox | Roles.Hub | Roles.UnifiedMessaging | Roles.Frontend);
        if (builder.Options.HasExchange2013)
        {
            Add(builder, WorldNames.ClientAccess2013, "Version 15.0 (Build 1497.2)", "ClientAccess", Roles.ClientAccess | Roles.Frontend);
            Add(builder, WorldNames.Mailbox2013, "Version 15.0 (Build 1497.2)", "Mailbox", Roles.Mailbox | Roles.Hub | Roles.UnifiedMessaging);
        }

        if (builder.Options.HasExchange2010)
            Add(builder, WorldNames.Exchange2010, "Version 14.3 (Build 513.0)", "Mailbox, ClientAccess, HubTransport", Roles.ClientAccess | Roles.Mailbox | Roles.Hub);
        if (builder.Options.HasEdgeServer)
            Add(builder, WorldNames.EdgeServer, "Version 15.2 (Build 1748.10)", "Edge", Roles.Edge);
    }

    private static void Add(WorldBuilder builder, SandboxServer server) => builder.World.Servers.Add(server);

    private static void Add(WorldBuilder builder, string name, string version, string printed, Roles roles)
    {
        EntityRandom random = builder.Random(EntityKind.Configuration, OwnStreams + builder.World.Servers.Count);
        Add(builder, Server(name, version, printed, roles, builder, ref random));
    }

    private static SandboxServer Modern(string name, string version, WorldBuilder builder, ref EntityRandom random) =>
        Server(name, version, "Mailbox", Roles.ClientAccess | Roles.Mailbox | Roles.Hub | Roles.Frontend, builder, ref random);

    private static SandboxServer Server(string name, string version, string printed, Roles roles, WorldBuilder builder, ref EntityRandom random) => new()
    {
        Guid = random.NextGuid(),
        Name = name,
        Fqdn = $"{name.ToLowerInvariant()}.{builder.World.DomainName}",
        AdminDisplayVersion = version,
        ServerRole = printed,
        IsClientAccessServer = roles.HasFlag(Roles.ClientAccess),
        IsMailboxServer = roles.HasFlag(Roles.Mailbox),
        IsHubTransportServer = roles.HasFlag(Roles.Hub),
        IsUnifiedMessagingServer = roles.HasFlag(Roles.UnifiedMessaging),
        IsFrontendTransportServer = roles.HasFlag(Roles.Frontend),
        IsEdgeServer = roles.HasFlag(Roles.Edge),
    };

    [System.Flags]
    private enum Roles
    {
        None = 0,
        ClientAccess = 1,
        Mailbox = 2,
        Hub = 4,
        UnifiedMessaging = 8,
        Frontend = 16,
        Edge = 32,
    }
}
