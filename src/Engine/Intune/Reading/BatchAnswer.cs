using System.Text.Json;
using IntuneExchangeConnector.Domain.Errors;

namespace IntuneExchangeConnector.Engine.Intune.Reading;

/// <summary>What became of one request of a batch.</summary>
/// <param name="Status">Its HTTP status.</param>
/// <param name="Body">What it brought; undefined for one that failed.</param>
/// <param name="Failure">Why it failed for good; null when it did not.</param>
internal sealed record BatchAnswer(int Status, JsonElement Body, ConnectorException? Failure);
