using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

internal sealed class RecordingConsole : ISyncConsole
{
    private readonly ConcurrentQueue<SyncProgress> _progress = new();
    private readonly ConcurrentQueue<string> _verbose = new();
    private readonly ConcurrentQueue<string> _warnings = new();
    private readonly ConcurrentQueue<string> _prompts = new();

    public IReadOnlyList<SyncProgress> Progress => [.. _progress];

    public IReadOnlyList<string> Verboses => [.. _verbose];

    public IReadOnlyList<string> Warnings => [.. _warnings];

    public IReadOnlyList<string> Prompts => [.. _prompts];

    public IEnumerable<string> Everything => [.. _verbose, .. _warnings, .. _prompts];

    public void Report(SyncProgress progress) => _progress.Enqueue(progress);

    public void Verbose(string message) => _verbose.Enqueue(message);

    public void Warning(string message) => _warnings.Enqueue(message);

    public void Plan(PlannedChange change) => throw new NotSupportedException("A read plans nothing.");

    public void Prompt(string message) => _prompts.Enqueue(message);
}
