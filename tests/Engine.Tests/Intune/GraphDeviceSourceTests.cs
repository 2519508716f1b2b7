using System;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Intune;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

public sealed partial class GraphDeviceSourceTests
{
    private const string Devices = "https://graph.test/v1.0/deviceManagement/managedDevices";
    private const string Users = "https://graph.test/v1.0/users";

    private static readonly AccessPolicy s_everybody = new() { IncludedGroups = [AccessPolicy.AllUsers] };
    private static readonly Guid s_group = new("aaaaaaaa-0000-0000-0000-000000000001");
    private static readonly Guid s_exempt = new("aaaaaaaa-0000-0000-0000-000000000002");

    [Fact]
    public async Task Every_request_carries_what_graph_needs_and_what_support_asks_for()
    {
        var graph = new ScriptedGraph(request => request.Url.Contains("more")
            ? ScriptedGraph.Page("")
            : ScriptedGraph.Page("", request.Path == "https://graph.test/v1.0/groups/" + s_group + "/transitiveMembers/microsoft.graph.user" ? "https://graph.test/v1.0/more-members" : null));
        using var source = TestTenant.Source(graph);

        await source.ReadAsync(new AccessPolicy { IncludedGroups = [s_group.ToString()] }, new RecordingConsole(), TestContext.Current.CancellationToken);

        Assert.Equal(4, graph.Requests.Count);
        // The batch that would tell what changes, and the one for the count.
        Assert.Equal(4 + 2, source.RequestsSent);
        Assert.All(graph.Requests, request => Assert.Equal("Bearer " + TestTenant.Token, request.Header("Authorization")));
        Assert.All(graph.Requests, request => Assert.Equal("include-unknown-enum-members", request.Header("Prefer")));
        Assert.Equal(4, graph.Requests.Select(request => Guid.Parse(request.Header("client-request-id")!)).Distinct().Count());
        var ofGroup = graph.Requests.Where(request => request.Url.Contains("members", StringComparison.OrdinalIgnoreCase)).ToList();
        Assert.Equal(2, ofGroup.Count);
        Assert.All(ofGroup, request => Assert.Equal("eventual", request.Header("ConsistencyLevel")));
        Assert.Contains("$count=true", ofGroup[0].Url);
        Assert.DoesNotContain(graph.Requests.Except(ofGroup), request => request.Header("ConsistencyLevel") is not null);
    }

    [Fact]
    public async Task A_link_comes_back_to_graph_exactly_as_it_was_given()
    {
        const string Link = "https://graph.test/v1.0/deviceManagement/managedDevices?$skiptoken=%7E%2fa%20b'c~RFNwdAIAAQ==&x=%c3%a9/../y";
        var graph = new ScriptedGraph(request => request.Path == Users || request.Url == Link ? ScriptedGraph.Page("") : ScriptedGraph.Page("", Link));
        using var source = TestTenant.Source(graph);

        await source.ReadAsync(s_everybody, new RecordingConsole(), TestContext.Current.CancellationToken);

        Assert.Contains(graph.Requests, request => request.Url == Link);
    }

    [Theory]
    [InlineData("https://evil.test/v1.0/users?$skiptoken=1")]
    [InlineData("https://graph.test.evil.test/v1.0/users")]
    [InlineData("https://graph.test@evil.test/v1.0/users")]
    [InlineData("https://user@graph.test/v1.0/users")]
    [InlineData("https://graph.test:8443/v1.0/users")]
    [InlineData("http://graph.test/v1.0/users")]
    [InlineData("//evil.test/v1.0/users")]
    [InlineData("/v1.0/users?$skiptoken=1")]
    [InlineData("https://graph.test/v1.0/users?a=\\r\\nHost: evil.test")]
    [InlineData("")]
    public async Task The_token_does_not_follow_a_link_to_another_server(string link)
    {
        var graph = new ScriptedGraph(request => ScriptedGraph.Page("", request.Path == Users ? link : null));
        using var source = TestTenant.Source(graph);

        var failure = await FailureAsync(source, s_everybody);

        Assert.Equal(ErrorIds.GraphAnswerInvalid, failure.ErrorId);
        Assert.All(graph.Requests, request => Assert.True(request.Path is Users or Devices));
    }

    [Fact]
    public async Task Pages_that_run_in_a_circle_leave_the_list_incomplete()
    {
        var graph = new ScriptedGraph(request => request.Path == Users
            ? ScriptedGraph.Page(User(request.Url.Contains("$skiptoken=b") ? 2 : 1), Users + (request.Url.Contains("$skiptoken=a") ? "?$skiptoken=b" : "?$skiptoken=a"))
            : ScriptedGraph.Page(""));
        using var source = TestTenant.Source(graph);

        var snapshot = await source.ReadAsync(s_everybody, new RecordingConsole(), TestContext.Current.CancellationToken);

        Assert.Contains("users", snapshot.Incomplete);
        Assert.Equal(2, snapshot.Users.Count);
    }

    [Fact]
    public async Task Empty_pages_are_walked_through_but_not_for_ever()
    {
        var pages = 0;
        var graph = new ScriptedGraph(request =>
        {
            if (request.Path != Users) return ScriptedGraph.Page("");
            pages++;
            return ScriptedGraph.Page("", $"{Users}?$skiptoken={pages}");
        });
        using var source = TestTenant.Source(graph);

        var snapshot = await source.ReadAsync(s_everybody, new RecordingConsole(), TestContext.Current.CancellationToken);

        Assert.Equal(1000, pages);
        Assert.Contains("empty", snapshot.Incomplete);
    }

    [Fact]
    public async Task A_row_that_comes_twice_counts_once_and_the_newer_one_stays()
    {
        var graph = new ScriptedGraph(request => request.Path switch
        {
            Devices when !request.Url.Contains("skiptoken") => ScriptedGraph.Page(
                Device("a", "compliant", "2026-11-01T10:00:00Z") + "," + Device("b", "noncompliant", "2026-11-01T10:00:00Z"), Devices + "?$skiptoken=1"),
            Devices => ScriptedGraph.Page(Device("b", "compliant", "2026-11-01T11:00:00Z") + "," + Device("a", "noncompliant", "2026-11-01T09:00:00Z")),
            _ => ScriptedGraph.Page(User(1) + "," + User(1)),
        });
        using var source = TestTenant.Source(graph);

        var snapshot = await source.ReadAsync(s_everybody, new RecordingConsole(), TestContext.Current.CancellationToken);

        Assert.Equal([("a", ComplianceState.Compliant), ("b", ComplianceState.Compliant)], snapshot.ManagedDevices.Select(device => (device.Id, device.Compliance)));
        Assert.Single(snapshot.Users);
        Assert.Null(snapshot.Incomplete);
    }

    [Theory]
    [InlineData("users", Users)]
    [InlineData("managed devices", Devices)]
    public async Task A_page_that_comes_again_under_ever_new_links_is_not_read_for_ever(string subject, string list)
    {
        var pages = 0;
        var graph = new ScriptedGraph(request => request.Path != list ? ScriptedGraph.Page("")
            : ScriptedGraph.Page(list == Users ? User(1) : Device("a", "compliant", null), $"{list}?$skiptoken={++pages}"));
        using var source = TestTenant.Source(graph);

        var snapshot = await source.ReadAsync(s_everybody, new RecordingConsole(), TestContext.Current.CancellationToken);

        Assert.Equal(101, pages);
        Assert.Equal($"The {subject} went on with pages that brought nothing new.", snapshot.Incomplete);
    }

    [Theory]
    [InlineData("\"status\":\"200\",\"body\":{\"value\":[]}")]
    [InlineData("\"status\":200")]
    [InlineData("\"status\":204")]
    [InlineData("\"body\":{\"value\":[]}")]
    [InlineData("\"status\":null,\"body\":null")]
    [InlineData("\"status\":200,\"body\":{\"value\":[],\"@odata.deltaLink\":\"\\ud83d\"}")]
    public async Task An_answer_inside_a_batch_that_is_none_is_told_as_such(string answer)
    {
        var graph = new ScriptedGraph(_ => ScriptedGraph.Page("")) { Batch = asked => ScriptedGraph.EachAnswers(asked, answer) };
        var console = new RecordingConsole();
        using var source = TestTenant.Source(graph);

        var read = await source.ReadAsync(s_everybody, null, console, TestContext.Current.CancellationToken);

        Assert.Null(read.Memory.Checkpoint.UserLink);
        Assert.Null(read.Tenant.CountedDevices);
        Assert.Contains(console.Verboses, verbose => verbose.StartsWith("Graph does not tell the changed users: The answer", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_count_of_the_page_is_not_taken_for_the_lists()
    {
        var rows = string.Join(",", Enumerable.Range(1, 100).Select(number => Device($"d{number}", "compliant", null)));
        var graph = new ScriptedGraph(request => request.Path switch
        {
            Devices when !request.Url.Contains("skiptoken") => ScriptedGraph.Page(rows, Devices + "?$skiptoken=1", count: 100),
            Devices => ScriptedGraph.Page(Device("last", "compliant", null), count: 1),
            _ => ScriptedGraph.Page(""),
        });
        var console = new RecordingConsole();
        using var source = TestTenant.Source(graph);

        var snapshot = await source.ReadAsync(s_everybody, console, TestContext.Current.CancellationToken);

        Assert.Null(snapshot.Incomplete);
        Assert.Equal(101, snapshot.ManagedDevices.Count);
        Assert.Contains(new SyncProgress(SyncStage.ReadManagedDevices, 100, null), console.Progress);
        Assert.Contains(new SyncProgress(SyncStage.ReadManagedDevices, 101, 101, Completed: true), console.Progress);
    }

    [Fact]
    public async Task Groups_decide_who_is_included_and_who_is_not()
    {
        var graph = new ScriptedGraph(request =>
            request.Path.Contains(s_group.ToString()) ? ScriptedGraph.Page(Member(1) + "," + Member(2))
            : request.Path.Contains(s_exempt.ToString()) ? ScriptedGraph.Page(Member(2) + """,{"@odata.type":"#microsoft.graph.device","id":"aaaaaaaa-0000-0000-0000-0000000000ff"}""")
            : ScriptedGraph.Page(request.Path == Users ? User(1) + "," + User(2) + "," + User(3) : ""));
        using var source = TestTenant.Source(graph);

        async Task<TenantSnapshot> ReadAsync(string[] included, string[] excluded) => await source.ReadAsync(
            new AccessPolicy { IncludedGroups = included, ExcludedGroups = excluded }, new RecordingConsole(), TestContext.Current.CancellationToken);
        var some = await ReadAsync([s_group.ToString(), s_group.ToString("B")], [s_exempt.ToString()]);
        var all = await ReadAsync(["allusers", s_group.ToString()], []);
        var none = await ReadAsync([], ["AllUsers"]);

        Assert.Equal([UserId(1), UserId(2)], some.IncludedUsers!.Order());
        Assert.Equal([UserId(2)], some.ExcludedUsers);
        Assert.Null(all.IncludedUsers);
        Assert.Empty(all.ExcludedUsers);
        Assert.Empty(none.IncludedUsers!);
        Assert.Equal([UserId(1), UserId(2), UserId(3)], none.ExcludedUsers.Order());
        Assert.Equal(2, graph.Requests.Count(request => request.Path.Contains("/groups/")));
    }

    [Theory]
    [InlineData("All Users")]
    [InlineData("../users")]
    [InlineData("aaaaaaaa-0000-0000-0000-000000000001/owners")]
    public async Task A_group_that_is_no_id_never_reaches_an_address(string group)
    {
        var graph = new ScriptedGraph(_ => ScriptedGraph.Page(""));
        using var source = TestTenant.Source(graph);

        Assert.Equal(ErrorIds.InvalidParameter, (await FailureAsync(source, new AccessPolicy { IncludedGroups = [group] })).ErrorId);
        Assert.Equal(ErrorIds.InvalidParameter, (await FailureAsync(source, new AccessPolicy { IncludedGroups = [AccessPolicy.AllUsers, group] })).ErrorId);
        Assert.Empty(graph.Requests);
    }

    [Fact]
    public async Task A_group_that_is_gone_fails_the_read()
    {
        var graph = new ScriptedGraph(request => request.Path.Contains("/groups/")
            ? ScriptedGraph.Error(404, "Request_ResourceNotFound", "Resource does not exist.")
            : ScriptedGraph.Page(""));
        using var source = TestTenant.Source(graph);

        var failure = await FailureAsync(source, new AccessPolicy { ExcludedGroups = [s_exempt.ToString()] });

        Assert.Equal((ErrorIds.GroupNotFound, ErrorKind.NotFound, s_exempt.ToString()), (failure.ErrorId, failure.Kind, failure.Target));
    }

    [Fact]
    public async Task A_row_that_cannot_be_read_is_named_and_the_others_are_kept()
    {
        var graph = new ScriptedGraph(request => request.Path == Devices
            ? ScriptedGraph.Page(Device("a", "compliant", null) + """,{"id":"broken","easActivated":"yes"},null""")
            : ScriptedGraph.Page(""));
        using var source = TestTenant.Source(graph);

        var snapshot = await source.ReadAsync(s_everybody, new RecordingConsole(), TestContext.Current.CancellationToken);

        Assert.Equal(["a"], snapshot.ManagedDevices.Select(device => device.Id));
        Assert.Equal(["broken", "row 3 of its page"], snapshot.Unreadable.Select(row => row.Identity));
        Assert.Null(snapshot.Incomplete);
    }

    [Fact]
    public async Task Progress_is_told_with_every_page_and_ends()
    {
        var graph = new ScriptedGraph(request => request.Path == Users
            ? ScriptedGraph.Page(User(1), request.Url.Contains("skiptoken") ? null : Users + "?$skiptoken=1")
            : ScriptedGraph.Page(Device("a", "compliant", null), count: 1));
        var console = new RecordingConsole();
        using var source = TestTenant.Source(graph);

        await source.ReadAsync(s_everybody, console, TestContext.Current.CancellationToken);

        Assert.Equal(
            [new(SyncStage.ReadManagedDevices, 1, 1), new(SyncStage.ReadManagedDevices, 1, 1, true)],
            console.Progress.Where(progress => progress.Stage == SyncStage.ReadManagedDevices));
        Assert.Equal(
            [new(SyncStage.ReadUsers, 1, null), new(SyncStage.ReadUsers, 2, null), new(SyncStage.ReadUsers, 2, 2, true)],
            console.Progress.Where(progress => progress.Stage == SyncStage.ReadUsers));
    }

    [Fact]
    public async Task Connecting_proves_each_permission_with_one_row()
    {
        var graph = new ScriptedGraph(_ => ScriptedGraph.Page(""));
        using var source = TestTenant.Source(graph, policy: new AccessPolicy { IncludedGroups = [s_group.ToString()], ExcludedGroups = [s_exempt.ToString()] });

        await source.ConnectAsync(TestContext.Current.CancellationToken);

        Assert.Equal(4, graph.Requests.Count);
        Assert.All(graph.Requests, request => Assert.EndsWith("$top=1", request.Url));
        Assert.Contains("assignedPlans", graph.Requests[1].Url);
    }

    [Theory]
    [InlineData("managedDevices", "DeviceManagementManagedDevices.Read.All")]
    [InlineData("users?", "User.Read.All")]
    [InlineData("transitiveMembers", "GroupMember.Read.All")]
    public async Task A_missing_permission_is_named(string part, string permission)
    {
        var graph = new ScriptedGraph(request => request.Url.Contains(part)
            ? ScriptedGraph.Error(403, "Authorization_RequestDenied", "Insufficient privileges to complete the operation.", ("request-id", "r-1"))
            : ScriptedGraph.Page(""));
        using var source = TestTenant.Source(graph, policy: new AccessPolicy { IncludedGroups = [s_group.ToString()] });

        var failure = await Assert.ThrowsAsync<ConnectorException>(() => source.ConnectAsync(TestContext.Current.CancellationToken));

        Assert.Equal((ErrorIds.GraphPermissionMissing, ErrorKind.PermissionDenied, permission), (failure.ErrorId, failure.Kind, failure.Target));
        Assert.Contains(permission, failure.Message);
        Assert.Contains("r-1", failure.Message);
        Assert.Contains(permission, failure.Remedy);
        Assert.Contains("API permissions", failure.Remedy);
        Assert.Contains("consent", failure.Remedy);
    }

    [Fact]
    public async Task A_cancelled_read_is_a_cancellation_and_no_failure()
    {
        using var stop = new CancellationTokenSource();
        var graph = new ScriptedGraph(_ =>
        {
            stop.Cancel();
            throw new System.Net.Http.HttpRequestException("cut");
        });
        using var source = TestTenant.Source(graph);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => source.ReadAsync(s_everybody, new RecordingConsole(), stop.Token));
    }

    private static async Task<ConnectorException> FailureAsync(GraphDeviceSource source, AccessPolicy policy) =>
        await Assert.ThrowsAsync<ConnectorException>(() => source.ReadAsync(policy, new RecordingConsole(), TestContext.Current.CancellationToken));

    private static Guid UserId(int number) => new($"bbbbbbbb-0000-0000-0000-{number:d12}");

    private static string User(int number) => $$"""{"id":"{{UserId(number)}}","userPrincipalName":"u{{number}}@contoso.com"}""";

    private static string Member(int number) => $$"""{"id":"{{UserId(number)}}"}""";

    private static string Device(string id, string compliance, string? lastSync) =>
        $$"""{"id":"{{id}}","complianceState":"{{compliance}}","lastSyncDateTime":{{(lastSync is null ? "null" : $"\"{lastSync}\"")}}}""";
}
