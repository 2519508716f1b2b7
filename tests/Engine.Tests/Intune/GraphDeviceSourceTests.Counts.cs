using System;
using System.Linq;
using System.Threading.Tasks;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

/// <summary>Lists held against what Graph says of their length.</summary>
public sealed partial class GraphDeviceSourceTests
{
    [Theory]
    [InlineData(98, null)]
    [InlineData(97, false)]
    [InlineData(94, false)]
    [InlineData(93, true)]
    [InlineData(0, true)]
    public async Task A_list_that_stays_shorter_than_announced_is_read_twice_and_believed_where_little_is_missing(int sent, bool? incomplete)
    {
        var graph = new ScriptedGraph(request => request.Path == Devices
            ? ScriptedGraph.Page(string.Join(",", Enumerable.Range(1, sent).Select(number => Device($"d{number}", "compliant", null))), count: 99)
            : ScriptedGraph.Page(""));

        await AssertShortAsync(graph, Devices, incomplete, $"Graph announced 99 managed devices and sent {sent}.");
    }

    [Theory]
    [InlineData(998, null)]
    [InlineData(997, false)]
    [InlineData(989, true)]
    public async Task While_a_list_is_read_a_row_may_leave_for_each_page_of_it_and_no_more(int sent, bool? incomplete)
    {
        string Rows(int from, int to) => string.Join(",", Enumerable.Range(from, to - from + 1).Select(number => Device($"d{number}", "compliant", null)));
        var graph = new ScriptedGraph(request => request.Path switch
        {
            Devices when !request.Url.Contains("skiptoken") => ScriptedGraph.Page(Rows(1, 500), Devices + "?$skiptoken=1", count: 1000),
            Devices => ScriptedGraph.Page(Rows(501, sent)),
            _ => ScriptedGraph.Page(""),
        });

        await AssertShortAsync(graph, Devices, incomplete, $"Graph announced 1000 managed devices and sent {sent}.");
    }

    [Theory]
    [InlineData(0, 5, true)]
    [InlineData(4, 5, false)]
    [InlineData(5, 5, null)]
    public async Task Of_a_groups_members_none_may_be_missing_without_a_second_look(int sent, int announced, bool? incomplete)
    {
        var graph = new ScriptedGraph(request => request.Path.Contains("/groups/")
            ? ScriptedGraph.Page(string.Join(",", Enumerable.Range(1, sent).Select(Member)), count: announced)
            : ScriptedGraph.Page(""));

        await AssertShortAsync(graph, "/groups/", incomplete, $"Graph announced {announced} members of the group {s_exempt} and sent {sent}.", s_exempt.ToString());
    }

    [Fact]
    public async Task What_is_missing_once_only_was_a_lost_page()
    {
        var asked = 0;
        var graph = new ScriptedGraph(request => request.Path != Devices
            ? ScriptedGraph.Page("")
            : ScriptedGraph.Page(string.Join(",", Enumerable.Range(1, asked++ == 0 ? 50 : 99).Select(number => Device($"d{number}", "compliant", null))), count: 99));
        using var source = TestTenant.Source(graph);
        var console = new RecordingConsole();

        var snapshot = await source.ReadAsync(s_everybody, console, TestContext.Current.CancellationToken);

        Assert.Equal((99, null), (snapshot.ManagedDevices.Count, snapshot.Incomplete));
        Assert.Empty(console.Warnings);
    }

    [Theory]
    [InlineData(1011, false)]
    [InlineData(1012, true)]
    public async Task Users_are_held_against_a_count_of_their_own(int counted, bool incomplete)
    {
        const int Sent = 1001;
        var graph = new ScriptedGraph(request => ScriptedGraph.Page(request.Path == Users ? string.Join(",", Enumerable.Range(1, Sent).Select(User)) : ""))
        {
            Batch = asked => ScriptedGraph.Answers(asked, url => url.StartsWith("/users?$select=id&$count=true", StringComparison.Ordinal)
                ? $$"""{"@odata.count":{{counted}},"value":[{"id":"{{UserId(1)}}"}]}"""
                : null),
        };
        using var source = TestTenant.Source(graph);

        var snapshot = await source.ReadAsync(s_everybody, new RecordingConsole(), TestContext.Current.CancellationToken);

        Assert.Equal(incomplete ? $"Graph announced {counted} users and sent {Sent}." : null, snapshot.Incomplete);
    }

    // Null: nothing is missing. False: the same is missing twice, and that is believed. True: the read is incomplete.
    private static async Task AssertShortAsync(ScriptedGraph graph, string list, bool? incomplete, string text, params string[] excluded)
    {
        using var source = TestTenant.Source(graph);
        var console = new RecordingConsole();

        var snapshot = await source.ReadAsync(s_everybody with { ExcludedGroups = excluded }, console, TestContext.Current.CancellationToken);

        Assert.Equal(incomplete is true ? text : null, snapshot.Incomplete);
        Assert.Equal(incomplete is false, console.Warnings.Any(warning => warning.StartsWith(text, StringComparison.Ordinal)));
        Assert.Equal(incomplete is null ? 1 : 2, graph.Requests.Count(request => request.Path.Contains(list) && !request.Url.Contains("skiptoken")));
    }
}
