using System;
using System.Collections.Generic;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Engine.Exchange.Faults;

namespace IntuneExchangeConnector.Engine.Exchange.Reading;

/// <summary>Collects the rows of one attempt at a bulk read; a row that cannot be read is kept under its identity.</summary>
/// <typeparam name="T">The row.</typeparam>
internal sealed class BulkRead<T>
{
    private const int ProgressStep = 500;

    private readonly Func<ExchangeRow, TextPool, T> _read;
    private readonly IProgress<int>? _progress;
    private readonly TextPool _pool = new();
    private readonly List<T> _rows = [];
    private readonly List<UnreadableRow> _unreadable = [];

    public BulkRead(Func<ExchangeRow, TextPool, T> read, IProgress<int>? progress)
    {
        _read = read;
        _progress = progress;
    }

    private int Count => _rows.Count + _unreadable.Count;

    /// <summary>Takes in a row.</summary>
    /// <param name="source">The row.</param>
    public void Add(PSObject source)
    {
        ExchangeRow row = new(source);
        try
        {
            _rows.Add(_read(row, _pool));
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            _unreadable.Add(new(IdentityOf(row), FaultText.Clean(exception.Message)));
        }

        if (Count % ProgressStep == 0) _progress?.Report(Count);
    }

    /// <summary>What was read.</summary>
    /// <param name="sent">What the command left beside its rows.</param>
    /// <returns>The attempt.</returns>
    public BulkAttempt<T> End(SentReply sent)
    {
        if (Count % ProgressStep != 0) _progress?.Report(Count);
        return new(_rows, _unreadable, sent);
    }

    // A live object's property may throw as often as it is asked.
    private static string IdentityOf(ExchangeRow row)
    {
        try
        {
            return FaultText.Clean(row.Identity());
        }
        catch (Exception exception) when (exception is RuntimeException or InvalidOperationException or FormatException)
        {
            return "a row whose identity cannot be read";
        }
    }
}
