using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Store;
using IntuneExchangeConnector.Engine.Sync;
using IntuneExchangeConnector.Engine.Tests.Intune;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sync;

/// <summary>After a run: what is looked up in Intune, what is asked of it, and that neither can harm the run.</summary>
public sealed class IntuneNoticeTests : IDisposable
{
    private const string Organization = "CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=com";

    private static readonly DateTimeOffset s_start = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    private readonly string _folder = Directory.CreateTempSubdirectory("notice-").FullName;
    private readonly IStateStore _store;
    private readonly RecordingConsole _console = new();
    private readonly ImpatientTime _time = new(s_start.AddMinutes(3));
    private readonly Entries _entries = new();

    public IntuneNoticeTests() => _store = SqliteStateStore.Open(Path.Combine(_folder, "state.db"));

    public void Dispose()
    {
        _store.Dispose();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public async Task A_full_run_remembers_the_entry_and_asks_for_nothing_unless_told()
    {
        Assert.Null(await AfterAsync(SyncKind.Full, wanted: false));

        var remembered = IntuneEntryState.Read(_store)!;
        Assert.Equal(("CONNECTOR1", "disconnected", _time.GetUtcNow()), (remembered.Name, remembered.Status, remembered.AsOf));
        Assert.Equal((1, 0), (_entries.Reads, _entries.Asked.Count));
    }

    [Fact]
    public async Task A_quick_run_costs_no_request_unless_told()
    {
        await AfterAsync(SyncKind.Quick, wanted: false);

        Assert.Equal((0, 0), (_entries.Reads, _entries.Asked.Count));
    }

    [Theory]
    [InlineData(SyncStatus.Held)]
    [InlineData(SyncStatus.Failed)]
    [InlineData(SyncStatus.Planned)]
    public async Task A_run_that_did_not_succeed_asks_for_nothing(SyncStatus status)
    {
        await AfterAsync(SyncKind.Full, status: status);

        Assert.Equal((0, 0), (_entries.Reads, _entries.Asked.Count));
    }

    [Theory]
    [InlineData(SyncKind.Full)]
    [InlineData(SyncKind.Quick)]
    public async Task A_run_asks_once_with_its_own_kind_and_the_next_waits_for_the_interval(SyncKind kind)
    {
        var interval = kind == SyncKind.Full ? TimeSpan.FromDays(1) : TimeSpan.FromHours(2);

        var told = await AfterAsync(kind);
        var early = await AfterAsync(kind, s_start + interval - TimeSpan.FromMinutes(10));
        var due = await AfterAsync(kind, s_start + interval - TimeSpan.FromSeconds(20));

        Assert.Equal([("id-1", kind), ("id-1", kind)], _entries.Asked);
        Assert.Equal(RunNoteKind.Intune, told!.Kind);
        Assert.Contains("already", early!.Text);
        Assert.Contains("was asked for a", due!.Text);
        Assert.Contains(told.Text, _console.Verboses);
    }

    [Fact]
    public async Task A_full_request_covers_a_quick_one_and_not_the_other_way_round()
    {
        await AfterAsync(SyncKind.Full);
        await AfterAsync(SyncKind.Quick, s_start.AddMinutes(30));
        await AfterAsync(SyncKind.Quick, s_start.AddHours(3));
        await AfterAsync(SyncKind.Full, s_start.AddHours(4));
        await AfterAsync(SyncKind.Full, s_start.AddHours(25));

        Assert.Equal([SyncKind.Full, SyncKind.Quick, SyncKind.Full], _entries.Asked.Select(asked => asked.Kind));
    }

    [Fact]
    public async Task An_entry_that_was_synchronised_since_the_run_began_is_left_alone()
    {
        _entries.Rows = [Entry with { LastSync = s_start.AddMinutes(1) }];

        Assert.Contains("after the run began", (await AfterAsync(SyncKind.Full))!.Text);
        Assert.Empty(_entries.Asked);
    }

    [Fact]
    public async Task A_request_whose_answer_was_lost_is_not_sent_again()
    {
        _entries.Failure = new ConnectorException(ErrorIds.GraphUnreachable, ErrorKind.Unreachable, "graph.test", "Graph stopped answering.", "Wait.");
        var lost = await AfterAsync(SyncKind.Quick);
        _entries.Failure = null;
        var next = await AfterAsync(SyncKind.Quick, s_start.AddMinutes(30));

        Assert.Contains("Graph stopped answering", lost!.Text);
        Assert.Contains("already", next!.Text);
        Assert.Single(_entries.Asked);
    }

    [Fact]
    public async Task A_request_that_was_refused_may_be_sent_by_the_next_run()
    {
        _entries.Failure = new ConnectorException(ErrorIds.GraphPermissionMissing, ErrorKind.PermissionDenied, "p", "The permission is missing.", "Grant it.");
        await AfterAsync(SyncKind.Quick);
        _entries.Failure = null;
        await AfterAsync(SyncKind.Quick, s_start.AddMinutes(30));

        Assert.Equal(2, _entries.Asked.Count);
    }

    [Fact]
    public async Task A_list_that_cannot_be_read_is_a_line_and_what_was_remembered_stays()
    {
        await AfterAsync(SyncKind.Full, wanted: false);
        _entries.ReadFailure = new ConnectorException(ErrorIds.GraphPermissionMissing, ErrorKind.PermissionDenied, "p", "The permission is missing.", "Grant it.");

        Assert.Null(await AfterAsync(SyncKind.Full, s_start.AddDays(1), wanted: false));

        Assert.Contains(_console.Verboses, line => line.Contains("could not be read"));
        Assert.Equal("id-1", IntuneEntryState.Read(_store)!.Id);
        Assert.Empty(_console.Warnings);
    }

    [Theory]
    [InlineData("Contoso", "EX01", true)]
    [InlineData("Contoso", "ex01.contoso.com", true)]
    [InlineData("Contoso", "", false)]
    [InlineData("Contoso", "EX99", false)]
    [InlineData("Contoso", "EX01.fabrikam.com", false)]
    [InlineData("", "EX01.fabrikam.com", false)]
    [InlineData("Fabrikam", "EX01", false)]
    [InlineData("CN=Contoso,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=fabrikam,DC=com", "EX01", false)]
    [InlineData("", "EX0", false)]
    [InlineData("CN=CONTOSO,CN=Microsoft Exchange,CN=Services,CN=Configuration,DC=contoso,DC=com", "", true)]
    [InlineData("", "EX01", true)]
    [InlineData("", "ex01.contoso.com", true)]
    [InlineData("Fabrikam", "EX99.fabrikam.com", false)]
    [InlineData("", "", false)]
    public void The_organisations_entry_is_known_by_its_name_or_by_a_server(string organization, string server, bool isOurs) => Assert.Equal(
        isOurs,
        IntuneEntries.Of([Entry with { Organization = organization, Server = server }], Organization, ["EX01.contoso.com"]) is not null);

    [Theory]
    [InlineData("EX01", true)]
    [InlineData("EX01.contoso.com", true)]
    [InlineData("EX02.contoso.com", false)]
    public void A_server_that_is_known_by_its_short_name_only_is_known_by_it(string server, bool isOurs) => Assert.Equal(
        isOurs,
        IntuneEntries.Of([Entry with { Organization = "", Server = server }], Organization, ["ex01"]) is not null);

    [Fact]
    public async Task No_entry_of_this_organisation_is_told_and_forgotten()
    {
        await AfterAsync(SyncKind.Full, wanted: false);
        _entries.Rows = [Entry with { Organization = "Fabrikam", Server = "EX99" }];

        Assert.Contains("lists no Exchange connector", (await AfterAsync(SyncKind.Full, s_start.AddDays(1)))!.Text);
        Assert.Null(IntuneEntryState.Read(_store));
        Assert.Empty(_entries.Asked);
    }

    private static IntuneConnectorEntry Entry => new() { Id = "id-1", Name = "CONNECTOR1", Organization = Organization, Status = "disconnected", LastSync = s_start.AddYears(-2) };

    private Task<RunNote?> AfterAsync(SyncKind kind, DateTimeOffset? started = null, bool wanted = true, SyncStatus status = SyncStatus.Succeeded)
    {
        var settings = new ConnectorSettings
        {
            Name = "Default",
            Organization = Organization,
            Exchange = new() { Entrance = ExchangeEntrance.CallerRunspace },
            Tenant = TestTenant.Settings,
            RequestIntuneSync = wanted,
        };
        var run = new SyncResult { RunId = Guid.Empty, Connector = "Default", Kind = kind, Status = status, Started = started ?? s_start, Finished = (started ?? s_start).AddMinutes(3) };
        return new IntuneNotice(settings, _entries, _store, _console, _time).AfterAsync(run, TestContext.Current.CancellationToken);
    }

    private sealed class Entries : IExchangeConnectorEntries
    {
        public IReadOnlyList<IntuneConnectorEntry> Rows { get; set; } = [Entry];

        public ConnectorException? ReadFailure { get; set; }

        public ConnectorException? Failure { get; set; }

        public int Reads { get; private set; }

        public List<(string Id, SyncKind Kind)> Asked { get; } = [];

        public Task<IReadOnlyList<IntuneConnectorEntry>> ReadConnectorsAsync(CancellationToken cancellationToken)
        {
            Reads++;
            return ReadFailure is null ? Task.FromResult(Rows) : throw ReadFailure;
        }

        public Task RequestSyncAsync(string id, SyncKind kind, CancellationToken cancellationToken)
        {
            Asked.Add((id, kind));
            return Failure is null ? Task.CompletedTask : throw Failure;
        }
    }
}
