using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;

namespace IntuneExchangeConnector.Module.Harness;

/// <summary>Everything that a script said, on every stream, in order.</summary>
public sealed class Transcript(IReadOnlyList<ShellRecord> records)
{
    /// <summary>The records in order.</summary>
    public IReadOnlyList<ShellRecord> Records { get; } = records;

    /// <summary>The records as lines, for comparison; progress, whose timing varies, is left out.</summary>
    public IReadOnlyList<string> Lines => [.. Records.Where(record => record.Stream != ShellStream.Progress).Select(record => record.ToString())];

    /// <summary>Records of the error stream.</summary>
    public IReadOnlyList<ErrorRecord> Errors => [.. Records.Where(record => record.Stream == ShellStream.Error).Select(record => record.Value).OfType<ErrorRecord>()];

    /// <summary>What one stream said.</summary>
    public IReadOnlyList<string> Of(ShellStream stream) => [.. Records.Where(record => record.Stream == stream).Select(record => record.Text)];

    /// <summary>Objects of the output stream.</summary>
    public IReadOnlyList<object> Objects => [.. Records.Where(record => record.Stream == ShellStream.Output).Select(record => record.Value!)];

    public override string ToString() => string.Join("\n", Records);
}
