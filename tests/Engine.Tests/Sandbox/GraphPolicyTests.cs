using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

/// <summary>What is left of the old connector, and what a policy needs: names of groups, groups in groups, counts of devices.</summary>
public sealed class GraphPolicyTests
{
    private const string Connectors = "/v1.0/deviceManagement/exchangeConnectors";
    private const string Settings = "/v1.0/deviceManagement/conditionalAccessSettings";
    private const string Policy = "/beta/deviceManagement/exchangeOnPremisesPolicy";

    [Fact]
    public async Task A_connector_has_its_row_and_takes_requests_for_a_sync_from_who_may_write()
    {
        var connector = new GraphExchangeConnector("abc") { Status = "connected", ServerName = "ex9.contoso.com", ExchangeOrganization = "Contoso", ExchangeAlias = "ex9", ConnectorServerName = "app1" };
        await using GraphClient graph = await GraphClient.StartAsync(options: new GraphEndpointOptions { ExchangeConnectors = [connector, new("def")] });
        JsonArray rows = (await graph.GetAsync(Connectors))["value"]!.AsArray();
        Assert.Equal(2, rows.Count);
        JsonObject row = await graph.GetAsync(Connectors + "/abc");
        Assert.Equal(
            ("connected", "ex9.contoso.com", "app1", "Contoso", "ex9", "5.0.21972.0", "onPremises", "2024-02-19T03:00:00Z"),
            ((string?)row["status"], (string?)row["serverName"], (string?)row["connectorServerName"], (string?)row["exchangeOrganization"], (string?)row["exchangeAlias"], (string?)row["version"], (string?)row["exchangeConnectorType"], (string?)row["lastSyncDateTime"]));

        Assert.Equal(403, await SyncAsync(graph, "abc", "fullSync"));
        graph.SignIn(graph.Endpoint.IssueToken(GraphRoles.WriteServiceConfiguration));
        Assert.Equal(204, await SyncAsync(graph, "abc", "fullSync"));
        Assert.Equal(204, await SyncAsync(graph, "def", "deltaSync"));
        Assert.Equal(400, await SyncAsync(graph, "abc", "quick"));
        Assert.Equal(404, await SyncAsync(graph, "ghi", "fullSync"));
        Assert.Equal([("abc", "fullSync"), ("def", "deltaSync")], graph.Endpoint.SyncRequests.Select(request => (request.Connector, request.SyncType)));
        (int status, _, HttpResponseMessage response) = await graph.FailAsync(Connectors + "/abc/sync");
        using (response) Assert.Equal(405, status);
    }

    [Fact]
    public async Task The_old_policy_has_its_documented_members()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        JsonObject settings = await graph.GetAsync(Settings);
        JsonObject policy = await graph.GetAsync(Policy);
        JsonObject listed = (await graph.GetAsync("/beta/deviceManagement/exchangeOnPremisesPolicies"))["value"]!.AsArray().Single()!.AsObject();

        Assert.Equal(["@odata.context", "enabled", "excludedGroups", "id", "includedGroups", "overrideDefaultRule"], settings.Select(member => member.Key).Order());
        Assert.Equal(["@odata.context", "accessRules", "defaultAccessLevel", "id", "knownDeviceClasses", "notificationContent"], policy.Select(member => member.Key).Order());
        Assert.Equal((string?)policy["id"], (string?)listed["id"]);
        Assert.Equal((string?)policy["defaultAccessLevel"], (string?)(await graph.GetAsync($"/beta/deviceManagement/exchangeOnPremisesPolicies/{policy["id"]}"))["defaultAccessLevel"]);
        Assert.Equal((string?)settings["id"], (string?)(await graph.GetAsync(Policy + "/conditionalAccessSettings"))["id"]);
        await using GraphClient silent = await GraphClient.StartAsync(options: new GraphEndpointOptions { LegacyPolicy = new GraphLegacyPolicy { NotificationContent = null } });
        Assert.Null((await silent.GetAsync(Policy))["notificationContent"]);
    }

    [Theory]
    [InlineData(GraphLegacyAnswer.Wrapped, 200)]
    [InlineData(GraphLegacyAnswer.NotFound, 404)]
    [InlineData(GraphLegacyAnswer.BadRequest, 400)]
    public async Task Tenants_answer_for_the_old_policy_in_ways_of_their_own(GraphLegacyAnswer answer, int expected)
    {
        await using GraphClient graph = await GraphClient.StartAsync(options: new GraphEndpointOptions { LegacyAnswer = answer });
        foreach (string path in new[] { Settings, Policy })
        {
            using HttpResponseMessage response = await graph.SendAsync(path);
            Assert.Equal(expected, (int)response.StatusCode);
            if (expected == 200) Assert.NotNull(JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["value"]!["id"]);
        }
    }

    [Fact]
    public async Task A_group_is_found_by_a_name_with_a_quote_in_it()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        var id = new Guid("11111111-2222-4333-8444-555555555555");
        graph.Change(new GroupAdded(id, "Dan's & Ana's \"team\"") { At = graph.Now });

        JsonObject found = await graph.GetAsync("/v1.0/groups?$select=id&$filter=" + Uri.EscapeDataString("displayName eq 'Dan''s & Ana''s \"team\"'"));
        Assert.Equal(id.ToString(), (string?)found["value"]!.AsArray().Single()!["id"]);
        Assert.Equal(["@odata.context", "displayName", "id"], (await graph.GetAsync($"/v1.0/groups/{id}?$select=id,displayName")).Select(member => member.Key).Order());
    }

    [Fact]
    public async Task Groups_in_a_group_are_listed_at_any_depth()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        string path = $"/v1.0/groups/{graph.World.Groups[0].Id}/transitiveMembers/microsoft.graph.group?$select=id&$count=true";
        (int status, _, HttpResponseMessage response) = await graph.FailAsync(path);
        using (response) Assert.Equal(400, status);
        graph.Headers.Add("ConsistencyLevel", "eventual");
        string[] Ids(IEnumerable<int> groups) => [.. groups.Select(index => graph.World.Groups[index].Id.ToString()).Order()];
        Assert.Equal(Ids([2, 3, 4]), (await graph.WalkAsync(path)).Select(row => (string)row["id"]!).Order());

        graph.Change(new GroupChanged(graph.World.Groups[4].Id) { At = graph.Now, AddGroups = [graph.World.Groups[5].Id, graph.World.Groups[0].Id] });
        Assert.Equal(Ids([2, 3, 4, 5]), (await graph.WalkAsync(path)).Select(row => (string)row["id"]!).Order());
    }

    [Fact]
    public async Task Names_of_many_ids_come_in_one_answer()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        string group = graph.World.Groups[1].Id.ToString();
        string user = graph.World.Users[0].Id.ToString();
        JsonArray both = await NamesAsync(graph, [group, user, Guid.Empty.ToString()], "group", "user");
        Assert.Equal([("#microsoft.graph.group", group), ("#microsoft.graph.user", user)], both.Select(row => ((string)row!["@odata.type"]!, (string)row["id"]!)));
        Assert.Equal(WorldNames.ExemptGroup, (string?)Assert.Single(await NamesAsync(graph, [group, user], "group"))!["displayName"]);

        graph.SignIn(graph.Endpoint.IssueToken(GraphRoles.ReadGroupMembers));
        Assert.Null((await NamesAsync(graph, [user], "user")).Single()!["displayName"]);
        foreach (string[] wrong in new string[][] { [], ["x"], [.. Enumerable.Range(0, 1001).Select(i => new Guid(i, 0, 0, new byte[8]).ToString())] })
        {
            using HttpResponseMessage response = await PostAsync(graph, wrong, "group");
            Assert.Equal(400, (int)response.StatusCode);
        }
    }

    [Fact]
    public async Task The_overview_counts_as_the_list_does_or_late_or_wrongly()
    {
        var clock = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using GraphClient graph = await GraphClient.StartAsync(options: new GraphEndpointOptions { Time = clock, OverviewLag = TimeSpan.FromMinutes(5) });
        int count = (await graph.WalkAsync("/v1.0/deviceManagement/managedDevices?$select=id")).Count;
        Assert.Equal(count, await EnrolledAsync(graph));
        graph.Change(new ManagedDeviceRemoved(graph.World.ManagedDevices[0].Id) { At = graph.Now });
        Assert.Equal(count, await EnrolledAsync(graph));
        clock.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(count - 1, await EnrolledAsync(graph));

        await using GraphClient liar = await GraphClient.StartAsync(options: new GraphEndpointOptions { OverviewError = 40 });
        Assert.Equal(liar.World.ManagedDevices.Count + 40, await EnrolledAsync(liar));
    }

    [Fact]
    public async Task Managed_devices_are_filtered_by_check_in_and_enrolment()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        SandboxManagedDevice checkedIn = graph.World.ManagedDevices[3];
        var enrolled = new Guid("11111111-2222-4333-8444-555555555555");
        DateTimeOffset later = graph.Now.AddHours(1);
        graph.Change(
            new ManagedDeviceChanged(checkedIn.Id) { At = later, LastSync = later.AddSeconds(1), User = graph.World.Users[5].Id },
            new ManagedDeviceAdded(enrolled, graph.World.Users[0].Id, "iOS", "phone", "compliant") { At = later.AddSeconds(1) });
        async Task<string[]> FindAsync(string filter) => [.. (await graph.WalkAsync("/v1.0/deviceManagement/managedDevices?$select=id,userId&$filter=" + filter)).Select(row => $"{row["id"]}").Order()];

        string instant = later.ToString("yyyy-MM-ddTHH:mm:ssZ", System.Globalization.CultureInfo.InvariantCulture);
        Assert.Equal(new[] { checkedIn.Id.ToString(), enrolled.ToString() }.Order(), await FindAsync($"lastSyncDateTime gt {instant}"));
        Assert.Equal([enrolled.ToString()], await FindAsync($"enrolledDateTime gt {instant}"));
        Assert.Equal([checkedIn.Id.ToString()], await FindAsync($"lastSyncDateTime gt {instant} and azureADDeviceId eq '{checkedIn.AzureAdDeviceId}'"));
        Assert.Equal(graph.World.Users[5].Id.ToString(), (string?)(await graph.GetAsync($"/v1.0/deviceManagement/managedDevices/{checkedIn.Id}"))["userId"]);
        Assert.Equal(graph.World.ManagedDevices.Count, (await FindAsync($"easDeviceId eq 'x' and lastSyncDateTime gt {instant}")).Length);
    }

    [Fact]
    public async Task A_user_is_asked_for_up_to_twenty_groups_at_any_depth()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        SandboxGroup outer = graph.World.Groups.First(group => group.GroupIndexes.Count > 0);
        SandboxGroup inner = graph.World.Groups[outer.GroupIndexes[0]];
        SandboxUser user = graph.World.Users[inner.UserIndexes[0]];
        static Guid Nobody(int number) => new(number, 0, 0, new byte[8]);
        Task<HttpResponseMessage> Ask(IEnumerable<Guid> groupIds, string who) => graph.PostAsync($"/v1.0/users/{who}/checkMemberGroups", JsonContent.Create(new { groupIds }));

        using HttpResponseMessage answer = await Ask([outer.Id, inner.Id, Nobody(1)], user.Id.ToString());
        JsonArray found = JsonNode.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["value"]!.AsArray();
        Assert.Equal(new[] { outer.Id, inner.Id }.Order(), found.Select(id => (Guid)id!).Order());
        using HttpResponseMessage tooMany = await Ask(Enumerable.Range(0, 21).Select(Nobody), user.Id.ToString());
        Assert.Equal(400, (int)tooMany.StatusCode);
        using HttpResponseMessage nobody = await Ask([outer.Id], Nobody(1).ToString());
        Assert.Equal(404, (int)nobody.StatusCode);
    }

    private static async Task<int> EnrolledAsync(GraphClient graph) => (int)(await graph.GetAsync("/v1.0/deviceManagement/managedDeviceOverview"))["enrolledDeviceCount"]!;

    private static async Task<int> SyncAsync(GraphClient graph, string connector, string type)
    {
        using HttpResponseMessage response = await graph.PostAsync($"{Connectors}/{connector}/sync", JsonContent.Create(new JsonObject { ["syncType"] = type }));
        return (int)response.StatusCode;
    }

    private static Task<HttpResponseMessage> PostAsync(GraphClient graph, string[] ids, params string[] types) =>
        graph.PostAsync("/v1.0/directoryObjects/getByIds", JsonContent.Create(new { ids, types }));

    private static async Task<JsonArray> NamesAsync(GraphClient graph, string[] ids, params string[] types)
    {
        using HttpResponseMessage response = await PostAsync(graph, ids, types);
        return JsonNode.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken))!["value"]!.AsArray();
    }
}
