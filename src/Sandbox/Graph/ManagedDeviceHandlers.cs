using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

internal static class ManagedDeviceHandlers
{
    private const string Fragment = "deviceManagement/managedDevices";

    public static Task ListAsync(GraphRequest request) => ListAsync(request, ownerIndex: null);

    public static Task ListOfUserAsync(GraphRequest request)
    {
        int owner = UserHandlers.Find(request.State.World, request.Id);
        return ListAsync(request, owner);
    }

    public static Task GetAsync(GraphRequest request)
    {
        Guid id = Guid.TryParse(request.Id, out Guid parsed) ? parsed : throw GraphProblem.NoDevice(request.Id);
        ManagedDeviceRow row = request.State.Read(world =>
            world.ManagedDevices.Find(device => device.Id == id) is { } device ? Row(world, device, request) : throw GraphProblem.NoDevice(request.Id));
        return GraphWriter.WriteObjectAsync(request, Fragment + "/$entity", row, ManagedDeviceShape.Shape.Select(request.Query.Select));
    }

    public static Task OverviewAsync(GraphRequest request)
    {
        OverviewCounts counts = request.State.Read(request.Context.Overview.Count);
        return GraphWriter.WriteObjectAsync(request, "deviceManagement/managedDeviceOverview/$entity", counts, s_overview.Select(request.Query.Select));
    }

    private static readonly GraphShape<OverviewCounts> s_overview = new GraphShape<OverviewCounts>("microsoft.graph.managedDeviceOverview", isIntune: true)
        .Text("id", _ => "89ed8a7c-1e75-4c5f-9f0b-2f1f6a1a2b3c")
        .Add("enrolledDeviceCount", (Utf8JsonWriter writer, in OverviewCounts counts) => writer.WriteNumberValue(counts.Enrolled))
        .Add("mdmEnrolledCount", (Utf8JsonWriter writer, in OverviewCounts counts) => writer.WriteNumberValue(counts.Enrolled))
        .Add("dualEnrolledDeviceCount", (Utf8JsonWriter writer, in OverviewCounts _) => writer.WriteNumberValue(0))
        .Add("deviceOperatingSystemSummary", WriteSystems)
        .Add("deviceExchangeAccessStateSummary", WriteAccessStates);

    private static Task ListAsync(GraphRequest request, int? ownerIndex)
    {
        IReadOnlyList<GraphProperty<ManagedDeviceRow>> properties = ManagedDeviceShape.Shape.Select(request.Query.Select);
        int standard = request.Context.Options.ManagedDevicePageSize;
        int size = Math.Min(request.Query.PageSize(standard, int.MaxValue), standard);
        GraphPage<ManagedDeviceRow> page = request.State.Read(world => Cut(world, request, ownerIndex, size));
        return GraphWriter.WritePageAsync(request, Fragment, page, properties);
    }

    private static GraphPage<ManagedDeviceRow> Cut(SandboxWorld world, GraphRequest request, int? ownerIndex, int size)
    {
        // Documented nowhere, seen in the field: skipping is not refused, it answers with nothing.
        if (request.Query.HasSkip) return new GraphPage<ManagedDeviceRow>([]) { Count = 0 };

        Func<SandboxManagedDevice, bool>? matches = ManagedDeviceFilter.Parse(request.Fault?.Kind == GraphFaultKind.IgnoredFilter ? null : request.Query.Filter, world);
        if (ownerIndex is { } owner)
        {
            Func<SandboxManagedDevice, bool>? rest = matches;
            matches = device => device.UserIndex == owner && (rest is null || rest(device));
        }

        GraphPage<ManagedDeviceRow> page = GraphPaging.Cut(world.ManagedDevices, request.Query.Place, size, device => device.Id, matches, device => Row(world, device, request));
        if (request.Fault?.Kind == GraphFaultKind.RepeatedRow && GraphPaging.Resume(world.ManagedDevices, request.Query.Place, device => device.Id) is var start and > 0)
            page = page with { Rows = [Row(world, world.ManagedDevices[start - 1], request), .. page.Rows] };
        if (request.Context.Options.CountsPages) return page with { Count = page.Rows.Count };
        return request.Query.IsFirstPage ? page with { Count = GraphPaging.CountAll(world.ManagedDevices, matches) } : page;
    }

    private static ManagedDeviceRow Row(SandboxWorld world, SandboxManagedDevice device, GraphRequest request) =>
        new(device, world.OwnerOf(device), request.KnowsNewEnumMembers);

    private static void WriteSystems(Utf8JsonWriter writer, in OverviewCounts counts)
    {
        IReadOnlyDictionary<string, int> found = counts.BySystem;
        int Of(params string[] systems) => systems.Sum(system => found.GetValueOrDefault(system));
        writer.WriteStartObject();
        writer.WriteNumber("androidCount", Of("Android", "AndroidEnterprise"));
        writer.WriteNumber("iosCount", Of("iOS", "iPadOS"));
        writer.WriteNumber("macOSCount", Of("macOS"));
        writer.WriteNumber("windowsMobileCount", 0);
        writer.WriteNumber("windowsCount", Of("Windows"));
        writer.WriteNumber("unknownCount", Of("Unknown"));
        writer.WriteEndObject();
    }

    /// <summary>Nothing feeds these numbers any more.</summary>
    private static void WriteAccessStates(Utf8JsonWriter writer, in OverviewCounts counts)
    {
        writer.WriteStartObject();
        writer.WriteNumber("allowedDeviceCount", 0);
        writer.WriteNumber("blockedDeviceCount", 0);
        writer.WriteNumber("quarantinedDeviceCount", 0);
        writer.WriteNumber("unknownDeviceCount", 0);
        writer.WriteNumber("unavailableDeviceCount", counts.Enrolled);
        writer.WriteEndObject();
    }
}
