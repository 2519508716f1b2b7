using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Text.Json;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>Who holds a connector's lease; told to whoever is refused.</summary>
public sealed record LeaseHolder
{
    /// <summary>Name of the machine.</summary>
    public required string Machine { get; init; }

    /// <summary>Account of the process.</summary>
    public required string User { get; init; }

    /// <summary>Id of the process.</summary>
    public required int ProcessId { get; init; }

    /// <summary>When the process began, UTC: ids of processes are used again.</summary>
    public required DateTimeOffset ProcessStarted { get; init; }

    /// <summary>The run.</summary>
    public required Guid RunId { get; init; }

    /// <summary>Since when, UTC.</summary>
    public required DateTimeOffset Since { get; init; }

    /// <summary>This process, for a run.</summary>
    /// <param name="runId">The run.</param>
    /// <param name="since">Now, UTC.</param>
    /// <returns>The holder.</returns>
    public static LeaseHolder ThisProcess(Guid runId, DateTimeOffset since)
    {
        using var process = Process.GetCurrentProcess();
        return new LeaseHolder
        {
            Machine = Environment.MachineName,
            User = Environment.UserName,
            ProcessId = process.Id,
            ProcessStarted = new DateTimeOffset(process.StartTime).ToUniversalTime(),
            RunId = runId,
            Since = since,
        };
    }

    /// <inheritdoc/>
    public override string ToString() => string.Format(
        CultureInfo.InvariantCulture, "{0} on {1}, process {2}, run {3}, since {4:yyyy-MM-dd HH:mm:ss}Z", User, Machine, ProcessId, RunId, Since.UtcDateTime);

    internal byte[] ToJson()
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString(nameof(Machine), Machine);
            writer.WriteString(nameof(User), User);
            writer.WriteNumber(nameof(ProcessId), ProcessId);
            writer.WriteString(nameof(ProcessStarted), ProcessStarted);
            writer.WriteString(nameof(RunId), RunId);
            writer.WriteString(nameof(Since), Since);
            writer.WriteEndObject();
        }

        return buffer.ToArray();
    }

    /// <summary>Reads a holder; null when the text is none, as while it is being written.</summary>
    internal static LeaseHolder? FromJson(byte[] json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            return new LeaseHolder
            {
                Machine = root.GetProperty(nameof(Machine)).GetString()!,
                User = root.GetProperty(nameof(User)).GetString()!,
                ProcessId = root.GetProperty(nameof(ProcessId)).GetInt32(),
                ProcessStarted = root.GetProperty(nameof(ProcessStarted)).GetDateTimeOffset(),
                RunId = root.GetProperty(nameof(RunId)).GetGuid(),
                Since = root.GetProperty(nameof(Since)).GetDateTimeOffset(),
            };
        }
        catch (Exception cause) when (cause is JsonException or InvalidOperationException or FormatException or System.Collections.Generic.KeyNotFoundException)
        {
            return null;
        }
    }
}
