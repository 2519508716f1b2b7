using System;
using System.Collections.Generic;
using System.Linq;
using System.Net.Http;
using System.Text.Json.Nodes;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

public sealed class GraphManagedDeviceTests
{
    private const string Devices = "/v1.0/deviceManagement/managedDevices";

    [Fact]
    public async Task A_walk_shows_every_device_once_as_the_world_has_it()
    {
        await using GraphClient graph = await GraphClient.StartAsync(new WorldOptions { Partnerships = 3_000, HostileText = true });
        List<JsonObject> rows = await graph.WalkAsync(Devices);

        Assert.True(rows.Count > 1000, "one page would prove nothing");
        Assert.Equal(graph.World.ManagedDevices.Select(d => d.Id.ToString()), rows.Select(row => (string)row["id"]!));
        Assert.Equal((graph.World.ManagedDevices.Count + 999) / 1000, graph.Endpoint.Requests.Count(GraphRoute.ManagedDevices));
        Assert.All(graph.World.ManagedDevices.Zip(rows), pair =>
        {
            (SandboxManagedDevice device, JsonObject row) = pair;
            SandboxUser? user = device.UserIndex < 0 ? null : graph.World.Users[device.UserIndex];
            Assert.Equal(device.EasDeviceId, (string?)row["easDeviceId"]);
            Assert.Equal(device.EasActivated, (bool)row["easActivated"]!);
            Assert.Equal(device.ComplianceState, (string?)row["complianceState"]);
            Assert.Equal(device.Model, (string?)row["model"]);
            Assert.Equal(device.DeviceName, (string?)row["deviceName"]);
            Assert.Equal(device.LastSyncDateTime, row["lastSyncDateTime"]!.GetValue<DateTimeOffset>());
            Assert.Equal(user?.Id.ToString() ?? "", (string?)row["userId"]);
            Assert.Equal(device.EasActivationDateTime ?? DateTimeOffset.MinValue, row["easActivationDateTime"]!.GetValue<DateTimeOffset>());
        });
    }

    [Fact]
    public async Task Select_and_top_are_kept_over_the_next_link()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        List<JsonObject> rows = await graph.WalkAsync(Devices + "?$select=id,easDeviceId&$top=7");

        Assert.Equal(graph.World.ManagedDevices.Count, rows.Count);
        Assert.All(rows, row => Assert.Equal(["id", "easDeviceId"], row.Select(property => property.Key)));
        Assert.Equal((graph.World.ManagedDevices.Count + 6) / 7, graph.Endpoint.Requests.Count(GraphRoute.ManagedDevices));
    }

    [Fact]
    public async Task The_count_is_of_all_rows_or_of_the_page()
    {
        await using GraphClient whole = await GraphClient.StartAsync();
        await using GraphClient paged = await GraphClient.StartAsync(options: new GraphEndpointOptions { CountsPages = true });

        Assert.Equal(whole.World.ManagedDevices.Count, (int)(await whole.GetAsync(Devices + "?$top=5"))["@odata.count"]!);
        Assert.Equal(5, (int)(await paged.GetAsync(Devices + "?$top=5"))["@odata.count"]!);
    }

    [Theory]
    [InlineData("complianceState eq 'noncompliant'")]
    [InlineData("complianceState eq 'noncompliant' or complianceState eq 'error'")]
    [InlineData("(complianceState eq 'noncompliant' or complianceState eq 'error') and operatingSystem eq 'iOS'")]
    [InlineData("lastSyncDateTime gt 2026-10-30T00:00:00Z")]
    [InlineData("enrolledDateTime lt 2026-01-01T00:00:00Z and lastSyncDateTime gt 2026-10-01T00:00:00Z")]
    [InlineData("contains(deviceName,'Sinéad O''Brien')")]
    [InlineData("userPrincipalName eq 'JANE.DOE@contoso.com'")]
    [InlineData("userPrincipalName ne 'jane.doe@contoso.com'")]
    public async Task Documented_filters_are_obeyed(string filter)
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        List<JsonObject> rows = await graph.WalkAsync($"{Devices}?$top=3&$filter={Uri.EscapeDataString(filter)}");

        Assert.Equal(graph.World.ManagedDevices.Where(device => Expected(graph.World, filter, device)).Select(d => d.Id.ToString()), rows.Select(row => (string)row["id"]!));
        Assert.InRange(rows.Count, 1, graph.World.ManagedDevices.Count - 1);
    }

    [Theory]
    [InlineData("easDeviceId eq 'X'")]
    [InlineData("userId eq '5a0db0c5-7d5e-4c0a-9f9e-0c0c0f1d2e3a'")]
    [InlineData("easActivated eq true")]
    [InlineData("lastSyncDateTime ge 2030-01-01T00:00:00Z")]
    [InlineData("userPrincipalName eq ''")]
    [InlineData("userPrincipalName eq 'a' or userPrincipalName eq 'b'")]
    [InlineData("complianceState eq 'error' or operatingSystem eq 'iOS'")]
    [InlineData("complianceState eq 'error' and easDeviceId eq 'X'")]
    [InlineData("complianceState eq")]
    [InlineData("complianceState eq 'error")]
    public async Task Any_other_filter_is_ignored_with_everything(string filter)
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        List<JsonObject> rows = await graph.WalkAsync($"{Devices}?$filter={Uri.EscapeDataString(filter)}");

        Assert.Equal(graph.World.ManagedDevices.Count, rows.Count);
    }

    [Fact]
    public async Task Of_several_entra_ids_only_the_first_is_looked_at()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        SandboxManagedDevice[] two = [.. graph.World.ManagedDevices.Where(d => d.AzureAdDeviceId is not null).Take(2)];
        string filter = $"azureADDeviceId eq '{two[0].AzureAdDeviceId}' or azureADDeviceId eq '{two[1].AzureAdDeviceId}'";

        List<JsonObject> rows = await graph.WalkAsync($"{Devices}?$filter={Uri.EscapeDataString(filter)}");
        Assert.Equal([two[0].Id.ToString()], rows.Select(row => (string)row["id"]!));
    }

    [Fact]
    public async Task Skip_answers_with_an_empty_page()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        Assert.Empty((await graph.GetAsync(Devices + "?$skip=2"))["value"]!.AsArray());
    }

    [Theory]
    [InlineData(3)]
    [InlineData(19)]
    [InlineData(20)]
    public async Task A_device_that_goes_away_during_a_walk_costs_no_other_row(int gone)
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        string[] before = [.. graph.World.ManagedDevices.Select(d => d.Id.ToString())];
        JsonObject first = await graph.GetAsync(Devices + "?$top=20");
        graph.Endpoint.State.Append(new ManagedDeviceRemoved(graph.World.ManagedDevices[gone].Id) { At = graph.World.Options.Now });

        List<JsonObject> rest = await graph.WalkAsync((string)first["@odata.nextLink"]!);

        Assert.Equal(before[20..].Where(id => id != before[gone]), rest.Select(row => (string)row["id"]!));
    }

    [Fact]
    public async Task One_device_is_read_by_id_and_a_missing_one_gives_the_nested_error()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        SandboxManagedDevice device = graph.World.ManagedDevices[4];
        JsonObject found = await graph.GetAsync($"{Devices}/{device.Id}?$select=id,easDeviceId");
        Assert.Equal(device.EasDeviceId, (string?)found["easDeviceId"]);

        (int status, JsonObject error, HttpResponseMessage response) = await graph.FailAsync($"{Devices}/{Guid.Empty}");
        using (response)
        {
            Assert.Equal(404, status);
            JsonNode nested = JsonNode.Parse((string)error["message"]!)!;
            Assert.Equal(3, (int)nested["_version"]!);
            Assert.Contains("Activity ID", (string)nested["Message"]!, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_overview_counts_what_the_list_holds()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        JsonObject overview = await graph.GetAsync("/v1.0/deviceManagement/managedDeviceOverview");

        Assert.Equal(graph.World.ManagedDevices.Count, (int)overview["enrolledDeviceCount"]!);
        Assert.Equal(graph.World.ManagedDevices.Count, overview["deviceOperatingSystemSummary"]!.AsObject().Sum(pair => (int)pair.Value!));
    }

    [Fact]
    public async Task An_enum_member_of_tomorrow_is_hidden_until_it_is_asked_for()
    {
        await using GraphClient graph = await GraphClient.StartAsync(new WorldOptions { Partnerships = 3_000 });
        string[] Agents(List<JsonObject> rows) => [.. rows.Select(row => (string)row["managementAgent"]!).Distinct()];
        Assert.Contains(graph.World.ManagedDevices, d => d.ManagementAgent == "intuneAosp");

        Assert.DoesNotContain("intuneAosp", Agents(await graph.WalkAsync(Devices + "?$select=managementAgent")));
        graph.Headers.Add("Prefer", "include-unknown-enum-members");
        Assert.Contains("intuneAosp", Agents(await graph.WalkAsync(Devices + "?$select=managementAgent")));
    }

    [Fact]
    public async Task A_change_of_the_world_shows_at_the_next_request()
    {
        await using GraphClient graph = await GraphClient.StartAsync();
        Guid id = graph.World.ManagedDevices[0].Id;
        graph.Endpoint.State.Append(new ManagedDeviceChanged(id) { At = graph.World.Options.Now, ComplianceState = "error" });

        Assert.Equal("error", (string?)(await graph.GetAsync($"{Devices}/{id}"))["complianceState"]);
    }

    private static bool Expected(SandboxWorld world, string filter, SandboxManagedDevice device)
    {
        string name = device.UserIndex < 0 ? "" : world.Users[device.UserIndex].UserPrincipalName;
        static DateTimeOffset Day(int year, int month, int day) => new(year, month, day, 0, 0, 0, TimeSpan.Zero);
        return filter switch
        {
            "complianceState eq 'noncompliant'" => device.ComplianceState == "noncompliant",
            "complianceState eq 'noncompliant' or complianceState eq 'error'" => device.ComplianceState is "noncompliant" or "error",
            "lastSyncDateTime gt 2026-10-30T00:00:00Z" => device.LastSyncDateTime > Day(2026, 10, 30),
            "contains(deviceName,'Sinéad O''Brien')" => device.DeviceName.Contains("Sinéad O'Brien", StringComparison.Ordinal),
            "userPrincipalName eq 'JANE.DOE@contoso.com'" => name == "jane.doe@contoso.com",
            "userPrincipalName ne 'jane.doe@contoso.com'" => name != "jane.doe@contoso.com",
            _ when filter.StartsWith('(') => device.ComplianceState is "noncompliant" or "error" && device.OperatingSystem == "iOS",
            _ => device.EnrolledDateTime < Day(2026, 1, 1) && device.LastSyncDateTime > Day(2026, 10, 1),
        };
    }
}
