using System;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Verbs;

/// <summary>
/// <c>change --state folder --json change</c>: lets something happen in a sandbox that serves, such as
/// <c>{"kind":"managedDeviceChanged","Device":"…","ComplianceState":"noncompliant"}</c>. The kinds and their members are those of <see cref="WorldMutation"/>.
/// </summary>
internal static class ChangeVerb
{
    // A member that nobody knows would change nothing, and say nothing.
    private static readonly JsonSerializerOptions s_options = new(WorldJson.Default.Options)
    {
        PropertyNameCaseInsensitive = true,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
    };

    public static int Run(VerbArguments arguments)
    {
        WorldState state = WorldState.Open(arguments.Required("state"));
        state.Append(Read(arguments.Required("json"), state.World.Options.Now + TimeSpan.FromSeconds(state.Version + 1)));
        return 0;
    }

    /// <summary>Without an instant of its own a change happens a moment after the one before.</summary>
    private static WorldMutation Read(string text, DateTimeOffset at)
    {
        try
        {
            JsonObject json = JsonNode.Parse(text)!.AsObject();
            json.TryAdd(nameof(WorldMutation.At), at);
            // The kind must stand first, and a PowerShell table writes its members in no order.
            if (json["kind"] is { } kind)
            {
                json.Remove("kind");
                json.Insert(0, "kind", kind);
            }

            return json.Deserialize<WorldMutation>(s_options)!;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or NotSupportedException)
        {
            throw new ArgumentException($"This is no change: {exception.Message}", exception);
        }
    }
}
