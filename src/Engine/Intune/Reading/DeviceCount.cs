using System;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>
/// Intune's own count of managed devices, against which a list is held: a list of a very large tenant has been seen to end early with every
/// sign of being whole.
/// </summary>
internal sealed class DeviceCount(GraphReading reading)
{
    /// <summary>Asks for the count. It is a second witness only: a tenant that gives none is believed without.</summary>
    /// <returns>The count; null where there is none.</returns>
    public async Task<int?> ReadAsync(CancellationToken cancellationToken)
    {
        var request = reading.Addresses.Overview();
        try
        {
            var answers = await reading.Batch.SendAsync([request], cancellationToken).ConfigureAwait(false);
            return Of(request, answers[0]);
        }
        catch (ConnectorException failure) when (GraphReading.MayGoOn(failure))
        {
            return Untold(failure);
        }
    }

    /// <summary>Reads the count out of an answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">Its answer.</param>
    /// <returns>The count; null where there is none.</returns>
    public int? Of(GraphRequest request, BatchAnswer answer)
    {
        try
        {
            return GraphReading.Single(request, answer, static row => row.Has("enrolledDeviceCount") ? new Count(row.Number("enrolledDeviceCount")) : null)?.Value;
        }
        catch (ConnectorException failure) when (GraphReading.MayGoOn(failure))
        {
            return Untold(failure);
        }
    }

    private int? Untold(ConnectorException failure)
    {
        reading.Console.Verbose($"Intune does not tell how many devices it manages: {failure.Message}");
        return null;
    }

    private sealed record Count(int Value);
}
