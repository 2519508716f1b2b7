using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

public sealed class GraphDeltaTests
{
    private const string Devices = "/v1.0/devices/delta?$select=deviceId,isCompliant,isManaged,accountEnabled";
    private const string Users = "/v1.0/users/delta?$select=userPrincipalName,assignedPlans";
    private static readonly Guid s_new = new("11111111-2222-4333-8444-555555555555");

    [Fact]
    public async Task The_first_round_gives_every_registered_device_and_ends_with_a_link_that_gives_none()
    {
        await using GraphClient graph = await GraphClient.StartAsync(options: new GraphEndpointOptions { DeltaPageSize = 40 });
        (List<JsonObject> rows, string link, int pages) = await RoundAsync(graph, Devices);

        SandboxManagedDevice[] expected = [.. graph.World.ManagedDevices.Where(device => device.AzureAdDeviceId is not null)];
        Assert.Equal((expected.Length + 39) / 40, pages);
        Assert.Equal(expected.Select(device => device.AzureAdDeviceId.ToString()), rows.Select(row => (string?)row["deviceId"]));
        Assert.All(expected.Zip(rows), pair =>
        {
            Assert.Equal(pair.First.ComplianceState switch { "compliant" or "inGracePeriod" => true, "unknown" or "configManager" => null, _ => false }, (bool?)pair.Second["isCompliant"]);
            Assert.True((bool)pair.Second["isManaged"]!);
            Assert.NotEqual((string?)pair.Second["id"], (string?)pair.Second["deviceId"]);
            Assert.Equal(["accountEnabled", "deviceId", "id", "isCompliant", "isManaged"], pair.Second.Select(property => property.Key).Order());
        });
        (rows, string next, pages) = await RoundAsync(graph, link);
        Assert.Empty(rows);
        Assert.Equal(1, pages);
        Assert.Contains("$deltatoken=", next, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Compliance_retirement_and_deletion_of_a_device_show_in_later_rounds()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        SandboxManagedDevice device = graph.World.ManagedDevices.First(d => d.AzureAdDeviceId is not null && d.ComplianceState == "compliant");
        string id = device.AzureAdDeviceId.ToString()!;
        string link = await LatestAsync(graph, Devices);

        graph.Change(new ManagedDeviceChanged(device.Id) { At = graph.Now, ComplianceState = "noncompliant" });
        (List<JsonObject> rows, link, _) = await RoundAsync(graph, link);
        JsonObject row = Assert.Single(rows);
        Assert.Equal((id, false, true, true), ((string?)row["deviceId"], (bool?)row["isCompliant"], (bool?)row["isManaged"], (bool?)row["accountEnabled"]));

        // Neither a check-in nor a move between two states that the directory does not tell apart is a change of the directory.
        graph.Change(new ManagedDeviceChanged(device.Id) { At = graph.Now, ComplianceState = "conflict", LastSync = graph.Now, EasActivated = false });
        (rows, link, _) = await RoundAsync(graph, link);
        Assert.Empty(rows);

        graph.Change(new ManagedDeviceRemoved(device.Id) { At = graph.Now });
        (rows, link, _) = await RoundAsync(graph, link);
        Assert.Equal((false, null), ((bool?)Assert.Single(rows)["isManaged"], (bool?)rows[0]["isCompliant"]));
        Assert.Contains((await RoundAsync(graph, Devices)).Rows, candidate => (string?)candidate["deviceId"] == id);

        graph.Change(new DirectoryDeviceChanged(device.AzureAdDeviceId!.Value, AccountEnabled: false) { At = graph.Now });
        (rows, link, _) = await RoundAsync(graph, link);
        Assert.False((bool)Assert.Single(rows)["accountEnabled"]!);

        graph.Change(new DirectoryDeviceRemoved(device.AzureAdDeviceId!.Value) { At = graph.Now });
        (rows, _, _) = await RoundAsync(graph, link);
        Assert.Equal("deleted", (string?)Assert.Single(rows)["@removed"]!["reason"]);
        Assert.Equal(2, rows[0].Count);
        Assert.DoesNotContain((await RoundAsync(graph, Devices)).Rows, candidate => (string?)candidate["deviceId"] == id);
    }

    [Fact]
    public async Task A_new_device_shows_once_however_often_it_changed_and_unselected_properties_do_not_count()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        string states = await LatestAsync(graph, Devices);
        string switches = await LatestAsync(graph, "/v1.0/devices/delta?$select=accountEnabled");

        graph.Change(
            new ManagedDeviceAdded(s_new, graph.World.Users[0].Id, "iOS", "phone", "noncompliant") { At = graph.Now, EasDeviceId = "Q" },
            new ManagedDeviceChanged(s_new) { At = graph.Now, ComplianceState = "compliant" });
        (List<JsonObject> rows, _, _) = await RoundAsync(graph, states);
        Assert.True((bool)Assert.Single(rows)["isCompliant"]!);
        Assert.Equal((string?)(await graph.GetAsync($"/v1.0/deviceManagement/managedDevices/{s_new}"))["azureADDeviceId"], (string?)rows[0]["deviceId"]);

        (rows, switches, _) = await RoundAsync(graph, switches);
        Assert.Single(rows);
        graph.Change(new ManagedDeviceChanged(s_new) { At = graph.Now, ComplianceState = "noncompliant" });
        Assert.Empty((await RoundAsync(graph, switches)).Rows);
    }

    [Fact]
    public async Task Users_who_come_change_and_go_show()
    {
        await using GraphClient graph = await GraphClient.StartAsync(options: new GraphEndpointOptions { DeltaPageSize = 50 });
        (List<JsonObject> rows, string link, int pages) = await RoundAsync(graph, Users);
        Assert.Equal(graph.World.Users.Count, rows.Count);
        Assert.True(pages > 1);

        Guid licensed = graph.World.Users[1].Id;
        Guid gone = graph.World.Users[2].Id;
        SandboxGroup group = graph.World.Groups.First(candidate => candidate.UserIndexes.Contains(2));
        string members = await LatestAsync(graph, $"/v1.0/groups/delta?$select=members&$filter=id eq '{group.Id}'");
        graph.Change(
            new UserAdded(s_new, "new@contoso.com", "New") { At = graph.Now, HasIntuneLicence = true },
            new UserChanged(licensed) { At = graph.Now, HasIntuneLicence = !graph.World.Users[1].HasIntuneLicence },
            new UserChanged(graph.World.Users[3].Id) { At = graph.Now, DisplayName = "nobody asked" },
            new UserRemoved(gone) { At = graph.Now });
        (rows, link, _) = await RoundAsync(graph, link);

        Assert.Equal([s_new.ToString(), licensed.ToString(), gone.ToString()], rows.Select(row => (string?)row["id"]));
        Assert.Equal("new@contoso.com", (string?)rows[0]["userPrincipalName"]);
        Assert.Equal(graph.World.Users[1].UserPrincipalName, (string?)rows[1]["userPrincipalName"]);
        Assert.Equal("changed", (string?)rows[2]["@removed"]!["reason"]);
        (int status, _, HttpResponseMessage response) = await graph.FailAsync($"/v1.0/users/{gone}");
        using (response) Assert.Equal(404, status);
        JsonObject member = (await RoundAsync(graph, members)).Rows.Single()["members@delta"]!.AsArray().Single()!.AsObject();
        Assert.Equal((gone.ToString(), "deleted"), ((string?)member["id"], (string?)member["@removed"]!["reason"]));
        Assert.All(
            (await graph.WalkAsync("/v1.0/deviceManagement/managedDevices?$select=userId")).Select(row => (string?)row["userId"]),
            owner => Assert.NotEqual(gone.ToString(), owner));
    }

    [Fact]
    public async Task Groups_come_with_their_direct_members_a_large_one_in_parts()
    {
        await using GraphClient graph = await GraphClient.StartAsync(options: new GraphEndpointOptions { DeltaPageSize = 25 });
        SandboxGroup target = graph.World.Groups[0];
        string question = $"/v1.0/groups/delta?$select=displayName,members&$filter=id eq '{target.Id}' or id eq '{graph.World.Groups[1].Id}'";
        (List<JsonObject> rows, string link, int pages) = await RoundAsync(graph, question);

        JsonObject[] parts = [.. rows.Where(row => (string?)row["id"] == target.Id.ToString())];
        Assert.True(parts.Length > 1 && pages >= parts.Length);
        Assert.All(parts, part => Assert.Equal(WorldNames.TargetGroup, (string?)part["displayName"]));
        JsonNode[] members = [.. parts.SelectMany(part => part["members@delta"]!.AsArray()).Select(member => member!)];
        Assert.Equal(target.UserIndexes.Select(index => graph.World.Users[index].Id.ToString()), members.Where(Is("user")).Select(member => (string?)member["id"]));
        Assert.Equal([graph.World.Groups[2].Id.ToString()], members.Where(Is("group")).Select(member => (string?)member["id"]));
        Assert.Equal(2, rows.Select(row => (string?)row["id"]).Distinct().Count());

        Guid left = graph.World.Users[target.UserIndexes[0]].Id;
        Guid joined = graph.World.Users[Enumerable.Range(0, graph.World.Users.Count).First(index => !target.UserIndexes.Contains(index))].Id;
        graph.Change(
            new GroupChanged(target.Id) { At = graph.Now, RemoveUsers = [left, s_new], AddUsers = [joined], AddGroups = [graph.World.Groups[4].Id], DisplayName = "Renamed" },
            new GroupChanged(graph.World.Groups[3].Id) { At = graph.Now, RemoveUsers = [left], DisplayName = "Not asked about" });
        (rows, link, _) = await RoundAsync(graph, link);
        JsonObject changed = Assert.Single(rows);
        Assert.Equal("Renamed", (string?)changed["displayName"]);
        Dictionary<string, string?> deltas = changed["members@delta"]!.AsArray().ToDictionary(member => (string)member!["id"]!, member => (string?)member!["@removed"]?["reason"]);
        Assert.Equal(
            new Dictionary<string, string?> { [left.ToString()] = "deleted", [joined.ToString()] = null, [graph.World.Groups[4].Id.ToString()] = null }, deltas);

        graph.Change(new GroupRemoved(target.Id) { At = graph.Now });
        Assert.Equal("deleted", (string?)Assert.Single((await RoundAsync(graph, link)).Rows)["@removed"]!["reason"]);

        static Func<JsonNode, bool> Is(string type) => member => (string?)member["@odata.type"] == "#microsoft.graph." + type;
    }

    [Theory]
    [InlineData("/v1.0/groups/delta?$select=displayName&$top=5")]
    [InlineData("/v1.0/users/delta?$expand=manager")]
    [InlineData("/v1.0/devices/delta?$filter=isCompliant eq true")]
    [InlineData("/v1.0/devices/delta?$select=nothing")]
    public async Task What_a_round_does_not_know_is_refused(string path)
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        (int status, _, HttpResponseMessage response) = await graph.FailAsync(path);
        using (response) Assert.Equal(400, status);
    }

    [Fact]
    public async Task Fifty_ids_are_the_most()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        string Question(int ids) => "/v1.0/groups/delta?$filter=" + string.Join(" or ", Enumerable.Range(1, ids).Select(i => $"id eq '{new Guid(i, 0, 0, new byte[8])}'"));
        (List<JsonObject> rows, string link, _) = await RoundAsync(graph, Question(50));
        Assert.Empty(rows);
        // The link remembers them: a group that nobody asked about stays out.
        graph.Change(new GroupAdded(s_new, "Other") { At = graph.Now }, new GroupAdded(new Guid(7, 0, 0, new byte[8]), "Asked") { At = graph.Now });
        Assert.Equal("Asked", (string?)Assert.Single((await RoundAsync(graph, link)).Rows)["displayName"]);
        (int status, _, HttpResponseMessage response) = await graph.FailAsync(Question(51));
        using (response) Assert.Equal(400, status);
    }

    [Fact]
    public async Task A_link_ends_after_seven_days_and_one_that_is_nobodys_or_reset_is_gone()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using GraphClient graph = await GraphClient.StartAsync(options: new GraphEndpointOptions { Time = clock });
        string group = graph.World.Groups[0].Id.ToString();
        string link = await LatestAsync(graph, $"/v1.0/groups/delta?$select=displayName&$filter=id eq '{group}'");
        string devices = await LatestAsync(graph, Devices);

        clock.Advance(TimeSpan.FromDays(7));
        graph.SignIn(graph.Endpoint.IssueToken());
        await graph.GetAsync(devices);
        clock.Advance(TimeSpan.FromSeconds(1));
        string location = await GoneAsync(graph, link, "syncStateNotFound");
        Assert.Equal(group, (string?)Assert.Single((await RoundAsync(graph, location)).Rows)["id"]);
        await GoneAsync(graph, "/v1.0/devices/delta?$deltatoken=AAAA", "syncStateNotFound");
        await GoneAsync(graph, link.Replace("/groups/", "/users/", StringComparison.Ordinal), "syncStateNotFound");

        devices = await LatestAsync(graph, Devices);
        graph.Endpoint.ResetDeltas();
        location = await GoneAsync(graph, devices, "resyncRequired");
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.NotEmpty((await RoundAsync(graph, location)).Rows);
    }

    [Fact]
    public async Task A_link_outlives_the_endpoint_and_not_the_tenant()
    {
        string link;
        await using (GraphClient first = await GraphClient.StartAsync()) link = new Uri(await LatestAsync(first, Devices)).PathAndQuery;
        await using (GraphClient second = await GraphClient.StartAsync()) Assert.Empty((await RoundAsync(second, link)).Rows);
        await using GraphClient other = await GraphClient.StartAsync(new WorldOptions { Partnerships = 320, Seed = 5 });
        await GoneAsync(other, link, "syncStateNotFound");
    }

    [Fact]
    public async Task Changes_during_the_first_round_come_with_the_next()
    {
        await using GraphClient graph = await GraphClient.StartAsync(options: new GraphEndpointOptions { DeltaPageSize = 100 });
        SandboxManagedDevice device = graph.World.ManagedDevices.First(d => d.AzureAdDeviceId is not null && d.ComplianceState == "compliant");
        JsonObject first = await graph.GetAsync(Devices);
        graph.Change(new ManagedDeviceChanged(device.Id) { At = graph.Now, ComplianceState = "error" });
        (_, string link, _) = await RoundAsync(graph, (string)first["@odata.nextLink"]!);

        Assert.False((bool)Assert.Single((await RoundAsync(graph, link)).Rows)["isCompliant"]!);
    }

    [Fact]
    public async Task A_client_may_prefer_a_page_size_and_must_bear_replays()
    {
        await using GraphClient graph = await GraphClient.StartAsync(options: new GraphEndpointOptions { ReplayedChanges = 1 });
        SandboxManagedDevice[] devices = [.. graph.World.ManagedDevices.Where(d => d.AzureAdDeviceId is not null && d.ComplianceState == "compliant").Take(2)];
        string link = await LatestAsync(graph, Devices);
        graph.Change(new ManagedDeviceChanged(devices[0].Id) { At = graph.Now, ComplianceState = "error" });
        (List<JsonObject> rows, link, _) = await RoundAsync(graph, link);
        Assert.Equal(2, rows.Count);
        Assert.Equal((string?)rows[0]["id"], (string?)rows[1]["id"]);
        graph.Change(new ManagedDeviceChanged(devices[1].Id) { At = graph.Now, ComplianceState = "error" });
        (rows, _, _) = await RoundAsync(graph, link);
        Assert.Equal(devices.Select(d => d.AzureAdDeviceId.ToString()).Order(), rows.Select(row => (string?)row["deviceId"]).Distinct().Order());

        graph.Headers.Add("Prefer", "odata.maxpagesize=7");
        Assert.Equal(8, (await graph.GetAsync(Devices))["value"]!.AsArray().Count);
    }

    [Theory]
    [InlineData(GraphRoles.ReadDevices, "devices")]
    [InlineData(GraphRoles.ReadUsers, "users")]
    [InlineData(GraphRoles.ReadGroupMembers, "groups")]
    public async Task Each_kind_needs_its_permission_or_the_whole_directory(string role, string kind)
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        foreach (string enough in new[] { role, GraphRoles.ReadDirectory })
        {
            graph.SignIn(graph.Endpoint.IssueToken(enough));
            await graph.GetAsync($"/v1.0/{kind}/delta");
        }

        graph.SignIn(graph.Endpoint.IssueToken([.. GraphRoles.Everything.Where(other => other != role), GraphRoles.ReadUserNames]));
        (int status, _, HttpResponseMessage response) = await graph.FailAsync($"/v1.0/{kind}/delta");
        using (response) Assert.Equal(403, status);
    }

    [Fact]
    public async Task Faults_break_a_round_as_they_break_a_list()
    {
        await using GraphClient graph = await GraphClient.StartAsync(options: new GraphEndpointOptions { DeltaPageSize = 50 });
        graph.Endpoint.Faults.Next(GraphRoute.DevicesDelta, GraphFault.MissingNextLink, GraphFault.EmptyPage, GraphFault.RepeatedNextLink);
        JsonObject cut = await graph.GetAsync(Devices);
        Assert.Null(cut["@odata.nextLink"] ?? cut["@odata.deltaLink"]);
        JsonObject empty = await graph.GetAsync(Devices);
        Assert.Empty(empty["value"]!.AsArray());
        JsonObject repeated = await graph.GetAsync((string)empty["@odata.nextLink"]!);
        Assert.Equal((string?)empty["@odata.nextLink"], (string?)repeated["@odata.nextLink"]);
        Assert.Equal(graph.World.ManagedDevices.Count(device => device.AzureAdDeviceId is not null), (await RoundAsync(graph, (string)repeated["@odata.nextLink"]!)).Rows.Count);
    }

    private static async Task<(List<JsonObject> Rows, string Link, int Pages)> RoundAsync(GraphClient graph, string path)
    {
        var rows = new List<JsonObject>();
        for (int pages = 1; ; pages++)
        {
            JsonObject page = await graph.GetAsync(path);
            rows.AddRange(page["value"]!.AsArray().Select(row => row!.AsObject()));
            if ((string?)page["@odata.deltaLink"] is { } link)
            {
                Assert.Null(page["@odata.nextLink"]);
                return (rows, link, pages);
            }

            path = (string)page["@odata.nextLink"]!;
        }
    }

    private static async Task<string> LatestAsync(GraphClient graph, string path)
    {
        (List<JsonObject> rows, string link, int pages) = await RoundAsync(graph, path + "&$deltatoken=latest");
        Assert.Empty(rows);
        Assert.Equal(1, pages);
        return link;
    }

    private static async Task<string> GoneAsync(GraphClient graph, string link, string code)
    {
        (int status, JsonObject error, HttpResponseMessage response) = await graph.FailAsync(link);
        using (response)
        {
            Assert.Equal(410, status);
            Assert.Equal(code, (string?)error["code"]);
            return response.Headers.Location!.OriginalString;
        }
    }
}
