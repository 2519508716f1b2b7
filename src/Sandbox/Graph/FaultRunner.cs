using System;
using System.Threading;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>Carries out the faults that need nothing of the answer; the others are the writer's.</summary>
internal static class FaultRunner
{
    /// <summary>True when the request is over.</summary>
    /// <exception cref="GraphProblem">The fault is a status.</exception>
    public static async Task<bool> BreakAsync(HttpContext http, GraphFault fault, bool isIntune, TimeProvider time)
    {
        switch (fault.Kind)
        {
            case GraphFaultKind.Status:
                if (fault.Code is { } code) throw new GraphProblem(fault.StatusCode, code, "An error has occurred.", isIntune) { RetryAfter = fault.RetryAfter };
                throw GraphProblem.OfStatus(fault.StatusCode, fault.RetryAfter, isIntune);
            case GraphFaultKind.Reset:
                http.Abort();
                return true;
            case GraphFaultKind.Silence:
                await Task.Delay(Timeout.InfiniteTimeSpan, time, http.RequestAborted).ConfigureAwait(false);
                return true;
            case GraphFaultKind.ErrorBody:
                http.Response.ContentType = "application/json";
                await http.Response.WriteAsync("""{"error":{"code":"InternalServerError","message":"An error has occurred."}}""", http.RequestAborted).ConfigureAwait(false);
                return true;
            case GraphFaultKind.Delay:
                await Task.Delay(fault.DelayTime, time, http.RequestAborted).ConfigureAwait(false);
                return false;
            default:
                return false;
        }
    }
}
