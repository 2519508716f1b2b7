using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Scale;

/// <summary>The tenant's own process of <see cref="GraphBench"/>.</summary>
internal static class GraphBenchServer
{
    public static async Task RunAsync()
    {
        var wanted = JsonSerializer.Deserialize<GraphBenchWorld>((await Console.In.ReadLineAsync())!)!;
        WorldState state = State(wanted);
        await using GraphEndpoint endpoint = await GraphEndpoint.StartAsync(state);
        TrustStore.Write(Path.Combine(wanted.Folder, "trust.pem"), endpoint.Authority);
        Console.WriteLine(JsonSerializer.Serialize(new GraphBenchTenant
        {
            Endpoint = endpoint.BaseUri.ToString(),
            TenantId = endpoint.TenantId.ToString(),
            Token = endpoint.IssueToken(TimeSpan.FromHours(3)),
            Groups = [.. state.World.Groups.TakeLast(2).Select(group => group.Id)],
        }));
        await Console.In.ReadToEndAsync();
    }

    /// <summary>A generated world with users and two groups beside it, so that the numbers are the ones that were asked for.</summary>
    private static WorldState State(GraphBenchWorld wanted)
    {
        // A hundred partnerships bring some eighty managed devices; what there is too much goes again.
        WorldState state = WorldState.InMemory(new WorldOptions { Seed = 7, Partnerships = Math.Max(100, wanted.Devices * 13 / 10) });
        SandboxWorld world = state.World;
        DateTimeOffset now = world.Options.Now;
        if (world.ManagedDevices.Count > wanted.Devices) world.ManagedDevices.RemoveRange(wanted.Devices, world.ManagedDevices.Count - wanted.Devices);

        var changes = new List<WorldMutation>();
        for (int i = world.Users.Count; i < wanted.Users; i++)
        {
            string name = FormattableString.Invariant($"further.user{i}");
            changes.Add(new UserAdded(new Guid(i, 1, 1, new byte[8]), name + "@contoso.com", name)
            {
                At = now,
                Mail = name + "@contoso.com",
                OnPremisesDistinguishedName = $"CN={name},OU=Staff,DC=contoso,DC=com",
                OnPremisesSamAccountName = name,
                OnPremisesImmutableId = Convert.ToBase64String(new Guid(i, 2, 2, new byte[8]).ToByteArray()),
                HasIntuneLicence = true,
            });
        }

        state.Append(changes);
        if (world.Users.Count < wanted.Members) throw new ArgumentException("There are fewer users than members of a group.");
        for (int i = 1; i <= 2; i++)
        {
            var group = new Guid(i, 3, 3, new byte[8]);
            IEnumerable<SandboxUser> users = i == 1 ? world.Users.Take(wanted.Members) : world.Users.TakeLast(wanted.Members);
            state.Append(new GroupAdded(group, $"Large {i}") { At = now }, new GroupChanged(group) { At = now, AddUsers = [.. users.Select(user => user.Id)] });
        }

        return state;
    }
}

/// <summary>What the tenant is to hold, and where it leaves what its clients trust.</summary>
internal sealed record GraphBenchWorld(int Devices, int Users, int Members, string Folder);

/// <summary>Where the tenant is. It holds a token, so it comes through a pipe.</summary>
internal sealed record GraphBenchTenant
{
    public required string Endpoint { get; init; }

    public required string TenantId { get; init; }

    public required string Token { get; init; }

    public required IReadOnlyList<Guid> Groups { get; init; }
}
