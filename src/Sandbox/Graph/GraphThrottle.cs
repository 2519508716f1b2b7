using System;
using System.Collections.Generic;
using System.Globalization;
using Microsoft.AspNetCore.Http;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>Counts what each app asks, by the tenant's clock: requests in windows of 20 seconds for Intune, a leaking bucket of units for the directory.</summary>
internal sealed class GraphThrottle(GraphEndpointOptions options)
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(20);
    private const double RefillSeconds = 10;

    private readonly object _gate = new();
    private readonly Dictionary<(string App, string Scope), (DateTimeOffset Start, double Used)> _used = [];

    /// <summary>Notes the request.</summary>
    /// <exception cref="GraphProblem">The app has to wait.</exception>
    public void Take(HttpContext http, GraphRouteRule rule, ODataQuery query, string app, int users)
    {
        if (!rule.IsIntune && rule.Route != GraphRoute.Batch) http.Response.Headers["x-ms-resource-unit"] = Units(rule.Route, query).ToString(CultureInfo.InvariantCulture);
        if (options.RateLimits is not { } limits || rule.Route == GraphRoute.Batch) return;
        DateTimeOffset now = options.Time.GetUtcNow();
        double wait;
        lock (_gate)
        {
            wait = rule.IsIntune ? TakeIntune(limits, rule, app, now) : TakeUnits(app, Units(rule.Route, query), limits.IdentityUnitsFor(users), now);
        }

        if (wait > 0) throw GraphProblem.OfStatus(429, Math.Max(wait, 0.001).ToString("0.###", CultureInfo.InvariantCulture), rule.IsIntune);
    }

    private double TakeIntune(GraphRateLimits limits, GraphRouteRule rule, string app, DateTimeOffset now)
    {
        bool isDevice = rule.Route is GraphRoute.ManagedDevices or GraphRoute.ManagedDevice or GraphRoute.ManagedDeviceOverview or GraphRoute.UserManagedDevices;
        if (isDevice) return TakeOne((app, "devices"), limits.Devices, now);
        double wait = TakeOne((app, "enrolment"), limits.Enrolment, now);
        return wait > 0 || rule.Method == "GET" ? wait : TakeOne((app, "enrolment writes"), limits.EnrolmentWrites, now);
    }

    private double TakeOne((string App, string Scope) key, int limit, DateTimeOffset now)
    {
        (DateTimeOffset start, double used) = _used.GetValueOrDefault(key, (now, 0));
        if (now - start >= s_window) (start, used) = (now, 0);
        if (used >= limit) return (start + s_window - now).TotalSeconds;
        _used[key] = (start, used + 1);
        return 0;
    }

    private double TakeUnits(string app, int units, int limit, DateTimeOffset now)
    {
        (DateTimeOffset last, double used) = _used.GetValueOrDefault((app, "identity"), (now, 0));
        used = Math.Max(0, used - (now - last).TotalSeconds * limit / RefillSeconds);
        double missing = used + units - limit;
        _used[(app, "identity")] = (now, missing > 0 ? used : used + units);
        return missing * RefillSeconds / limit;
    }

    private static int Units(GraphRoute route, ODataQuery query)
    {
        int units = route switch
        {
            GraphRoute.TransitiveMembers or GraphRoute.TransitiveMemberCount or GraphRoute.TransitiveGroups => 5,
            GraphRoute.UserGroups => 4,
            GraphRoute.Users => 2,
            _ => 1,
        };
        if (query.Select is not null) units--;
        if (int.TryParse(query.Top, NumberStyles.None, CultureInfo.InvariantCulture, out int top) && top < 20) units--;
        return Math.Max(1, units);
    }
}
