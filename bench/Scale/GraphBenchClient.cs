using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Http;
using System.Net.Http.Headers;
using System.Text.Json;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Intune;

namespace IntuneExchangeConnector.Scale;

/// <summary>The reading process of <see cref="GraphBench"/>: the bare loop and the engine in turns.</summary>
internal static class GraphBenchClient
{
    public static async Task RunAsync()
    {
        var tenant = JsonSerializer.Deserialize<GraphBenchTenant>((await Console.In.ReadLineAsync())!)!;
        int rounds = int.Parse((await Console.In.ReadLineAsync())!, CultureInfo.InvariantCulture);
        using IManagedDeviceSource source = Source(tenant);
        AccessPolicy policy = Policy(tenant);
        using var bare = new BareReader(tenant);

        // Both are compiled and connected before anything counts.
        await bare.ReadAsync();
        await EngineAsync(source, policy);
        var report = new GraphBenchReport();
        for (int i = 0; i < rounds; i++)
        {
            // Who begins changes, so that nobody always has the quieter machine.
            if (i % 2 == 0) await BareRoundAsync(report, bare);
            await EngineRoundAsync(report, source, policy);
            if (i % 2 == 1) await BareRoundAsync(report, bare);
        }

        Console.WriteLine(JsonSerializer.Serialize(report));
    }

    private static async Task BareRoundAsync(GraphBenchReport report, BareReader bare)
    {
        GC.Collect();
        using var heap = new HeapWatch();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        (int rows, long bytes) = await bare.ReadAsync();
        report.Bare.Add(watch.Elapsed.TotalSeconds);
        report.BareCpu += (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        report.BarePeakMegabytes = Math.Max(report.BarePeakMegabytes, heap.PeakMegabytes());
        report.BodyMegabytes = bytes / 1048576.0;
        report.BareRows = rows;
    }

    private static async Task EngineRoundAsync(GraphBenchReport report, IManagedDeviceSource source, AccessPolicy policy)
    {
        long before = GC.GetTotalMemory(forceFullCollection: true);
        using var heap = new HeapWatch();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        var watch = Stopwatch.StartNew();
        TenantRead read = await EngineAsync(source, policy);
        report.Engine.Add(watch.Elapsed.TotalSeconds);
        report.EngineCpu += (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        report.PeakMegabytes = Math.Max(report.PeakMegabytes, heap.PeakMegabytes());
        report.RetainedMegabytes = (GC.GetTotalMemory(forceFullCollection: true) - before) / 1048576.0;
        report.Devices = read.Tenant.ManagedDevices.Count;
        report.Users = read.Tenant.Users.Count;
        report.Members = read.Memory.Groups.Values.Sum(static group => group.Users.Count);
        if (read.Tenant.Incomplete is { } incomplete) throw new InvalidOperationException(incomplete);
        if (report.BareRows != 0 && report.BareRows != report.Devices + report.Users + report.Members) throw new InvalidOperationException("The two did not read the same rows.");
        GC.KeepAlive(read);
    }

    private static Task<TenantRead> EngineAsync(IManagedDeviceSource source, AccessPolicy policy) =>
        source.ReadAsync(policy, known: null, new QuietConsole(), CancellationToken.None);

    private static IManagedDeviceSource Source(GraphBenchTenant tenant) => ManagedDeviceSourceFactory.Create(
        new TenantSettings
        {
            TenantId = tenant.TenantId,
            ClientId = Guid.Empty.ToString(),
            Method = SignInMethod.AccessToken,
            Environment = CloudEnvironment.Custom,
            GraphEndpoint = new Uri(tenant.Endpoint),
            LoginEndpoint = new Uri(tenant.Endpoint),
        },
        new NetworkCredential(string.Empty, tenant.Token).SecurePassword,
        certificatePassword: null,
        new QuietConsole(),
        TimeProvider.System);

    private static AccessPolicy Policy(GraphBenchTenant tenant) => new()
    {
        Enabled = true,
        IncludedGroups = [tenant.Groups[0].ToString()],
        ExcludedGroups = [tenant.Groups[1].ToString()],
    };

    /// <summary>What a client has to do at least: ask for the same pages, parse each, count its rows, follow its link.</summary>
    private sealed class BareReader : IDisposable
    {
        private readonly HttpClient _http;
        private readonly string[] _lists;

        public BareReader(GraphBenchTenant tenant)
        {
            _http = new HttpClient(new HttpClientHandler { AutomaticDecompression = DecompressionMethods.GZip | DecompressionMethods.Deflate, MaxConnectionsPerServer = 8 });
            _http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", tenant.Token);
            _http.DefaultRequestHeaders.Add("ConsistencyLevel", "eventual");
            var addresses = new GraphAddresses(new Uri(new Uri(tenant.Endpoint), "v1.0/"));
            _lists = [.. tenant.Groups.Select(group => addresses.Members(group)).Append(addresses.Users()).Append(addresses.ManagedDevices()).Select(static request => request.Address.AbsoluteUri)];
        }

        public async Task<(int Rows, long Bytes)> ReadAsync()
        {
            (int Rows, long Bytes)[] lists = await Task.WhenAll(_lists.Select(WalkAsync));
            return (lists.Sum(static list => list.Rows), lists.Sum(static list => list.Bytes));
        }

        public void Dispose() => _http.Dispose();

        private async Task<(int Rows, long Bytes)> WalkAsync(string first)
        {
            int rows = 0;
            long bytes = 0;
            for (string? next = first; next is not null;)
            {
                using HttpResponseMessage response = await _http.GetAsync(next, HttpCompletionOption.ResponseHeadersRead);
                response.EnsureSuccessStatusCode();
                await using Stream body = await response.Content.ReadAsStreamAsync();
                var counted = new CountingStream(body);
                using JsonDocument page = await JsonDocument.ParseAsync(counted);
                rows += page.RootElement.GetProperty("value").GetArrayLength();
                bytes += counted.Count;
                next = page.RootElement.TryGetProperty("@odata.nextLink", out JsonElement link) ? link.GetString() : null;
            }

            return (rows, bytes);
        }
    }

    private sealed class CountingStream(Stream inner) : Stream
    {
        public long Count { get; private set; }

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => Count; set => throw new NotSupportedException(); }

        public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            int read = await inner.ReadAsync(buffer, cancellationToken);
            Count += read;
            return read;
        }

        public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

        public override void Flush() => throw new NotSupportedException();

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }

    /// <summary>Looks at the managed heap again and again, garbage that nobody has collected yet included.</summary>
    private sealed class HeapWatch : IDisposable
    {
        private readonly Timer _timer;
        private long _peak;

        public HeapWatch() => _timer = new Timer(_ => _peak = Math.Max(_peak, GC.GetTotalMemory(forceFullCollection: false)), null, 0, 10);

        public double PeakMegabytes() => _peak / 1048576.0;

        public void Dispose() => _timer.Dispose();
    }

    private sealed class QuietConsole : ISyncConsole
    {
        public void Report(SyncProgress progress)
        {
        }

        public void Verbose(string message)
        {
        }

        public void Warning(string message) => Console.Error.WriteLine(message);

        public void Plan(PlannedChange change)
        {
        }

        public void Prompt(string message)
        {
        }
    }
}

/// <summary>What the reading process measured.</summary>
internal sealed class GraphBenchReport
{
    public List<double> Bare { get; set; } = [];

    public List<double> Engine { get; set; } = [];

    public double BareCpu { get; set; }

    public double EngineCpu { get; set; }

    public int BareRows { get; set; }

    public int Devices { get; set; }

    public int Users { get; set; }

    public int Members { get; set; }

    public double BodyMegabytes { get; set; }

    public double RetainedMegabytes { get; set; }

    public double PeakMegabytes { get; set; }

    public double BarePeakMegabytes { get; set; }
}
