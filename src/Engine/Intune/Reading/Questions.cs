using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>Requests that go together in one batch, and what became of each.</summary>
internal sealed class Questions
{
    private const int None = -1;

    private readonly List<GraphRequest> _requests = [];
    private IReadOnlyList<BatchAnswer> _answers = [];

    /// <summary>Adds a request.</summary>
    /// <param name="request">The request; null for a question that cannot be asked.</param>
    /// <returns>What to ask for its answer by.</returns>
    public int Add(GraphRequest? request)
    {
        if (request is null) return None;
        _requests.Add(request);
        return _requests.Count - 1;
    }

    public async Task AskAsync(GraphBatch batch, CancellationToken cancellationToken) =>
        _answers = await batch.SendAsync(_requests, cancellationToken).ConfigureAwait(false);

    public (GraphRequest Request, BatchAnswer Answer) Of(int question) => (_requests[question], _answers[question]);

    /// <summary>The changes that a question asked for; null where they could not be had.</summary>
    public async Task<WalkedList<ChangedRow>?> ChangesAsync(GraphReading reading, int question, CancellationToken cancellationToken) =>
        question == None ? null : await reading.ChangesAsync(_requests[question], _answers[question], cancellationToken).ConfigureAwait(false);
}
