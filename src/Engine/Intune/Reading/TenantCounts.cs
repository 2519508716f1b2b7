using System;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Errors;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>
/// What the tenant counts, against which lists are held: a list of a very large tenant has been seen to end early with every sign of being
/// whole. Users are counted by a question of its own, because Graph gives the count from an index that is behind the list.
/// </summary>
internal sealed class TenantCounts(GraphReading reading)
{
    /// <summary>Asks for both counts. They are second witnesses only: a tenant that gives none is believed without.</summary>
    /// <returns>The counts; null for one that is not told.</returns>
    public async Task<(int? Devices, int? Users)> ReadAsync(CancellationToken cancellationToken)
    {
        GraphRequest[] requests = [reading.Addresses.Overview(), reading.Addresses.UserCount()];
        try
        {
            var answers = await reading.Batch.SendAsync(requests, cancellationToken).ConfigureAwait(false);
            return (Devices(requests[0], answers[0]), Users(requests[1], answers[1]));
        }
        catch (ConnectorException failure) when (GraphReading.MayGoOn(failure))
        {
            reading.Console.Verbose($"The tenant does not tell how many devices and users it has: {failure.Message}");
            return (null, null);
        }
    }

    /// <summary>Reads Intune's own count of managed devices out of an answer.</summary>
    /// <param name="request">The request.</param>
    /// <param name="answer">Its answer.</param>
    /// <returns>The count; null where there is none.</returns>
    public int? Devices(GraphRequest request, BatchAnswer answer) => Of(request, answer, "enrolledDeviceCount");

    /// <summary>Why a list of users is not whole.</summary>
    /// <param name="users">The list.</param>
    /// <param name="counted">The count; null where there is none.</param>
    /// <returns>What is missing; null where nothing is known to be.</returns>
    public string? Missing(ListRead<TenantUser> users, int? counted) =>
        users.Incomplete ?? Announcement.OfCount(reading.Addresses.Users(), counted, users.Rows.Count + users.Unreadable.Count)?.ToString();

    private int? Users(GraphRequest request, BatchAnswer answer) => Of(request, answer, "@odata.count");

    private int? Of(GraphRequest request, BatchAnswer answer, string member)
    {
        try
        {
            return GraphReading.Single(request, answer, row => row.Has(member) ? new Count(row.Number(member)) : null)?.Value;
        }
        catch (ConnectorException failure) when (GraphReading.MayGoOn(failure))
        {
            reading.Console.Verbose($"The tenant does not tell the {request.Subject}: {failure.Message}");
            return null;
        }
    }

    private sealed record Count(int Value);
}
