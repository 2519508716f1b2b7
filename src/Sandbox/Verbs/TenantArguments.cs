using System;
using System.Globalization;
using System.Linq;
using IntuneExchangeConnector.Sandbox.Graph;

namespace IntuneExchangeConnector.Sandbox.Verbs;

/// <summary>The part of a command line that says how the tenant behaves.</summary>
internal static class TenantArguments
{
    public static string[] Names { get; } = ["permissions", "page", "limits", "replays", "overview-error", "count", "legacy", "faults"];

    /// <exception cref="ArgumentException">A value says nothing.</exception>
    public static GraphEndpointOptions Apply(VerbArguments arguments, GraphEndpointOptions options)
    {
        if (arguments.Optional("permissions") is { } roles) options = options with { Applications = [.. options.Applications.Select(app => app with { Roles = roles.Split(',') })] };
        if (arguments.Optional("page") is not null)
        {
            int size = Math.Max(1, arguments.Number("page", 0));
            options = options with { ManagedDevicePageSize = size, DeltaPageSize = size };
        }

        if (arguments.Optional("limits") is not null)
        {
            // One figure for all makes the limits easy to meet by hand.
            int limit = arguments.Number("limits", 0);
            options = options with { RateLimits = limit == 0 ? new GraphRateLimits() : new GraphRateLimits { Devices = limit, Enrolment = limit, EnrolmentWrites = limit, IdentityUnits = limit } };
        }

        options = options with { ReplayedChanges = arguments.Number("replays", 0), OverviewError = arguments.Signed("overview-error", 0) };
        options = options with
        {
            CountsPages = arguments.Optional("count") switch
            {
                null or "list" => false,
                "page" => true,
                { } other => throw new ArgumentException($"'--count' is list or page, not '{other}'."),
            },
        };
        return arguments.Optional("legacy") switch
        {
            null or "entity" => options,
            "none" => options with { LegacyPolicy = null },
            "wrapped" => options with { LegacyAnswer = GraphLegacyAnswer.Wrapped },
            "404" => options with { LegacyAnswer = GraphLegacyAnswer.NotFound },
            "400" => options with { LegacyAnswer = GraphLegacyAnswer.BadRequest },
            { } other => throw new ArgumentException($"'--legacy' is entity, wrapped, none, 404 or 400, not '{other}'."),
        };
    }

    /// <summary>
    /// Schedules faults such as <c>ManagedDevices:2=429:5</c>, <c>UsersDelta:*=Silence</c> or <c>Users:1=TruncatedGzip</c>, several with commas between them: which request of
    /// which route, and the status with its Retry-After or the kind of the fault.
    /// </summary>
    /// <exception cref="ArgumentException">A fault cannot be understood.</exception>
    public static void Schedule(string? faults, GraphFaults schedule)
    {
        foreach (string text in (faults ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            string[] sides = text.Split('=');
            string[] place = sides[0].Split(':');
            if (sides.Length != 2 || place.Length != 2 || !Enum.TryParse(place[0], ignoreCase: true, out GraphRoute route)) throw new ArgumentException($"'{text}' is no fault.");
            GraphFault fault = Fault(sides[1]);
            if (place[1] == "*") schedule.Always(route, fault);
            else if (int.TryParse(place[1], NumberStyles.None, CultureInfo.InvariantCulture, out int number)) schedule.At(route, number, fault);
            else throw new ArgumentException($"'{text}' is no fault.");
        }
    }

    private static GraphFault Fault(string text)
    {
        string[] parts = text.Split(':');
        if (int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out int status)) return GraphFault.Status(status, parts.Length > 1 ? parts[1] : null);
        return Enum.TryParse(parts[0], ignoreCase: true, out GraphFaultKind kind) && kind is not (GraphFaultKind.Status or GraphFaultKind.Delay)
            ? new GraphFault(kind)
            : throw new ArgumentException($"'{text}' is no kind of fault.");
    }
}
