using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

public sealed class GraphDirectoryTests
{
    private const string IntunePlan = "c1ec4a95-1f05-45b3-a911-aa3fa01094f5";

    [Fact]
    public async Task Users_carry_what_joins_them_to_the_organisation()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        List<JsonObject> rows = await graph.WalkAsync("/v1.0/users?$select=id,userPrincipalName,mail,proxyAddresses,onPremisesDistinguishedName,onPremisesImmutableId,onPremisesSamAccountName,onPremisesDomainName,assignedPlans&$top=50");

        Assert.All(graph.World.Users.Zip(rows), pair =>
        {
            (SandboxUser user, JsonObject row) = pair;
            Assert.Equal(user.Id.ToString(), (string?)row["id"]);
            Assert.Equal(user.UserPrincipalName, (string?)row["userPrincipalName"]);
            Assert.Equal(user.OnPremisesDistinguishedName, (string?)row["onPremisesDistinguishedName"]);
            Assert.Equal(user.OnPremisesImmutableId, (string?)row["onPremisesImmutableId"]);
            Assert.Equal(user.OnPremisesSamAccountName, (string?)row["onPremisesSamAccountName"]);
            Assert.Equal(user.ProxyAddresses, row["proxyAddresses"]!.AsArray().Select(node => (string)node!));
            bool licensed = row["assignedPlans"]!.AsArray().Any(plan => (string?)plan!["servicePlanId"] == IntunePlan && (string?)plan["capabilityStatus"] == "Enabled");
            Assert.Equal(user.HasIntuneLicence, licensed);
        });
        Assert.Equal(graph.World.Users.Count, rows.Count);
    }

    [Fact]
    public async Task A_page_of_users_is_a_hundred_and_names_the_default_properties()
    {
        await using GraphClient graph = await GraphClient.StartAsync(new WorldOptions { Partnerships = 1_000 });
        JsonObject page = await graph.GetAsync("/v1.0/users");

        Assert.Equal(100, page["value"]!.AsArray().Count);
        Assert.Equal(
            ["businessPhones", "displayName", "givenName", "id", "jobTitle", "mail", "mobilePhone", "officeLocation", "preferredLanguage", "surname", "userPrincipalName"],
            page["value"]![0]!.AsObject().Select(property => property.Key).Order());
        Assert.Null(page["@odata.count"]);
        (int status, _, HttpResponseMessage response) = await graph.FailAsync("/v1.0/users?$top=1000");
        using (response) Assert.Equal(400, status);
    }

    [Fact]
    public async Task One_user_is_read_by_id_and_by_name_whatever_its_letters()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        SandboxUser user = graph.World.Users.Single(u => u.DisplayName == "山田 健太");

        Assert.Equal("山田 健太", (string?)(await graph.GetAsync($"/v1.0/users/{user.Id}"))["displayName"]);
        Assert.Equal(user.Id.ToString(), (string?)(await graph.GetAsync($"/v1.0/users/{user.UserPrincipalName.ToUpperInvariant()}"))["id"]);
        Assert.Single((await graph.GetAsync($"/v1.0/users/{user.Id}/managedDevices"))["value"]!.AsArray());
    }

    [Fact]
    public async Task The_members_of_a_group_include_those_of_nested_groups_once_each()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        graph.Headers.Add("ConsistencyLevel", "eventual");
        var expected = new HashSet<int>();
        Collect(graph.World.Groups[0]);

        string path = $"/v1.0/groups/{graph.World.Groups[0].Id}/transitiveMembers";
        List<JsonObject> rows = await graph.WalkAsync(path + "/microsoft.graph.user?$count=true&$top=10&$select=id,userPrincipalName");
        using HttpResponseMessage count = await graph.SendAsync(path + "/$count");
        using HttpResponseMessage users = await graph.SendAsync(path + "/microsoft.graph.user/$count");

        Assert.Equal(expected.Select(i => graph.World.Users[i].Id.ToString()).Order(), rows.Select(row => (string)row["id"]!).Order());
        Assert.Equal((expected.Count + 3).ToString(System.Globalization.CultureInfo.InvariantCulture), await count.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal(expected.Count.ToString(System.Globalization.CultureInfo.InvariantCulture), await users.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Equal("text/plain", count.Content.Headers.ContentType!.MediaType);

        void Collect(SandboxGroup group)
        {
            expected.UnionWith(group.UserIndexes);
            foreach (int nested in group.GroupIndexes) Collect(graph.World.Groups[nested]);
        }
    }

    [Fact]
    public async Task Groups_in_a_circle_end_and_changes_of_members_show()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        graph.Headers.Add("ConsistencyLevel", "eventual");
        SandboxGroup empty = graph.World.Groups.Single(group => group.DisplayName == WorldNames.EmptyGroup);
        string members = $"/v1.0/groups/{empty.Id}/transitiveMembers/microsoft.graph.user?$count=true";
        Assert.Empty(await graph.WalkAsync(members));

        Guid user = graph.World.Users[7].Id;
        Guid other = Guid.Parse("22222222-3333-4444-8555-666666666666");
        DateTimeOffset now = graph.World.Options.Now;
        graph.Endpoint.State.Append(
            new GroupAdded(other, "Circle") { At = now },
            new GroupChanged(other) { At = now, AddGroups = [empty.Id], AddUsers = [user] },
            new GroupChanged(empty.Id) { At = now, AddGroups = [other] });

        Assert.Equal([user.ToString()], (await graph.WalkAsync(members)).Select(row => (string)row["id"]!));
    }

    [Theory]
    [InlineData("?$count=true", false)]
    [InlineData("?$top=5", true)]
    public async Task Members_need_the_header_and_the_count(string query, bool withHeader)
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        if (withHeader) graph.Headers.Add("ConsistencyLevel", "eventual");
        (int status, JsonObject error, HttpResponseMessage response) = await graph.FailAsync($"/v1.0/groups/{graph.World.Groups[0].Id}/transitiveMembers/microsoft.graph.user{query}");
        using (response)
        {
            Assert.Equal(400, status);
            Assert.Equal("Request_UnsupportedQuery", (string?)error["code"]);
        }
    }

    [Fact]
    public async Task The_header_is_needed_on_every_page()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        graph.Headers.Add("ConsistencyLevel", "eventual");
        JsonObject first = await graph.GetAsync($"/v1.0/groups/{graph.World.Groups[0].Id}/transitiveMembers/microsoft.graph.user?$count=true&$top=5");
        Assert.NotNull(first["@odata.count"]);
        JsonObject second = await graph.GetAsync((string)first["@odata.nextLink"]!);
        Assert.Null(second["@odata.count"]);

        graph.Headers.Remove("ConsistencyLevel");
        (int status, _, HttpResponseMessage response) = await graph.FailAsync((string)first["@odata.nextLink"]!);
        using (response) Assert.Equal(400, status);
    }

    [Fact]
    public async Task Groups_are_found_by_name_and_a_deleted_one_is_gone()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        JsonObject found = await graph.GetAsync("/v1.0/groups?$filter=displayName eq 'Mail-Exempt'");
        string id = (string)found["value"]![0]!["id"]!;
        Assert.Single(found["value"]!.AsArray());
        Assert.Equal(WorldNames.ExemptGroup, (string?)(await graph.GetAsync($"/v1.0/groups/{id}"))["displayName"]);

        graph.Endpoint.State.Append(new GroupRemoved(Guid.Parse(id)) { At = graph.World.Options.Now });
        (int status, JsonObject error, HttpResponseMessage response) = await graph.FailAsync($"/v1.0/groups/{id}");
        using (response)
        {
            Assert.Equal(404, status);
            Assert.Equal("Request_ResourceNotFound", (string?)error["code"]);
            Assert.NotNull(error["innerError"]!["request-id"]);
        }

        Assert.Empty((await graph.GetAsync("/v1.0/groups?$filter=displayName eq 'Mail-Exempt'"))["value"]!.AsArray());
    }

    [Fact]
    public async Task The_old_policy_and_connector_are_readable()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        JsonObject settings = await graph.GetAsync("/v1.0/deviceManagement/conditionalAccessSettings");
        JsonObject policy = await graph.GetAsync("/beta/deviceManagement/exchangeOnPremisesPolicy");
        JsonObject connectors = await graph.GetAsync("/v1.0/deviceManagement/exchangeConnectors");
        (int status, _, HttpResponseMessage response) = await graph.FailAsync("/v1.0/deviceManagement/exchangeOnPremisesPolicy");

        using (response) Assert.Equal(400, status);
        Assert.True((bool)settings["enabled"]!);
        Assert.Equal(graph.World.Groups[0].Id.ToString(), (string?)settings["includedGroups"]![0]);
        Assert.Equal("quarantine", (string?)policy["defaultAccessLevel"]);
        Assert.Equal("family", (string?)policy["accessRules"]![0]!["deviceClass"]!["type"]);
        Assert.Contains("Enrol", Encoding.UTF8.GetString(Convert.FromBase64String((string)policy["notificationContent"]!)), StringComparison.Ordinal);
        Assert.Equal(graph.World.OrganizationDistinguishedName, (string?)connectors["value"]![0]!["exchangeOrganization"]);
    }

    [Fact]
    public async Task A_tenant_without_the_old_connector_has_none_to_show()
    {
        await using GraphClient graph = await GraphClient.StartAsync(options: new GraphEndpointOptions { LegacyPolicy = null });
        Assert.Empty((await graph.GetAsync("/v1.0/deviceManagement/exchangeConnectors"))["value"]!.AsArray());
        (int status, _, HttpResponseMessage response) = await graph.FailAsync("/v1.0/deviceManagement/conditionalAccessSettings");
        using (response) Assert.Equal(404, status);
    }

    [Fact]
    public async Task The_organisation_is_the_tenant_of_the_world()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        JsonNode tenant = (await graph.GetAsync("/v1.0/organization?$select=id,verifiedDomains,mobileDeviceManagementAuthority"))["value"]![0]!;

        Assert.Equal(graph.Endpoint.TenantId.ToString(), (string?)tenant["id"]);
        Assert.Equal("intune", (string?)tenant["mobileDeviceManagementAuthority"]);
        Assert.Equal("contoso.com", (string?)tenant["verifiedDomains"]![0]!["name"]);
    }
}
