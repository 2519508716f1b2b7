using System;
using System.IO;
using System.IO.Compression;
using System.Threading.Tasks;
using Microsoft.AspNetCore.Http;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>Answers in gzip to whoever takes it; refusals stay plain.</summary>
internal static class GraphCompression
{
    public static bool IsAccepted(HttpContext http) => http.Request.Headers.AcceptEncoding.ToString().Contains("gzip", StringComparison.OrdinalIgnoreCase);

    /// <summary>Runs what answers, with its body compressed on the way; cut in half where asked, so that the JSON inside cannot end.</summary>
    public static async Task RunAsync(HttpContext http, bool isCut, Func<Task> answer)
    {
        Stream original = http.Response.Body;
        using var kept = new MemoryStream();
        http.Response.Headers.ContentEncoding = "gzip";
        http.Response.Headers.Vary = "Accept-Encoding";
        var gzip = new GZipStream(isCut ? kept : original, CompressionLevel.Fastest, leaveOpen: true);
        http.Response.Body = gzip;
        try
        {
            await answer().ConfigureAwait(false);
            await http.Response.BodyWriter.FlushAsync(http.RequestAborted).ConfigureAwait(false);
            await gzip.DisposeAsync().ConfigureAwait(false);
            if (isCut) await original.WriteAsync(kept.GetBuffer().AsMemory(0, (int)kept.Length / 2), http.RequestAborted).ConfigureAwait(false);
        }
        catch (GraphProblem) when (!http.Response.HasStarted)
        {
            http.Response.Headers.Remove("Content-Encoding");
            throw;
        }
        finally
        {
            http.Response.Body = original;
        }
    }
}
