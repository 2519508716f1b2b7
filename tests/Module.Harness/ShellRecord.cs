using System.Management.Automation;
using System.Text.Json.Serialization;

namespace IntuneExchangeConnector.Module.Harness;

/// <summary>Where a shell said something.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<ShellStream>))]
public enum ShellStream
{
    Output,
    Error,
    Warning,
    Verbose,
    Debug,
    Information,
    Progress,
    Host,
}

/// <summary>One thing that a shell said.</summary>
/// <param name="Stream">Where.</param>
/// <param name="Text">The text; of an object, its type's name; of an error, its id and message.</param>
public sealed record ShellRecord(ShellStream Stream, string Text)
{
    /// <summary>The object itself; null when it comes from another process.</summary>
    [JsonIgnore]
    public object? Value { get; init; }

    /// <summary>True for the last record of a progress bar.</summary>
    public bool Closes { get; init; }

    public override string ToString() => $"{Stream}: {Text}";

    internal static ShellRecord Of(PSObject emitted) => new(ShellStream.Output, Name(emitted.BaseObject)) { Value = emitted.BaseObject };

    internal static ShellRecord Of(ErrorRecord error) => new(ShellStream.Error, $"{error.FullyQualifiedErrorId.Split(',')[0]}: {error.ErrorDetails?.Message ?? error.Exception.Message}") { Value = error };

    internal static ShellRecord Of(ProgressRecord progress) => new(ShellStream.Progress, $"{progress.Activity}: {progress.StatusDescription}")
    {
        Value = progress,
        Closes = progress.RecordType == ProgressRecordType.Completed,
    };

    private static string Name(object value) => value is string or bool or int or long ? $"{value}" : value.GetType().Name;
}
