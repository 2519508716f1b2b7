using System;
using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace IntuneExchangeConnector.Sandbox.World;

[JsonSourceGenerationOptions(DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingDefault, UseStringEnumConverter = true)]
[JsonSerializable(typeof(WorldMutation))]
[JsonSerializable(typeof(string))]
[JsonSerializable(typeof(bool))]
[JsonSerializable(typeof(long))]
[JsonSerializable(typeof(int))]
internal sealed partial class WorldJson : JsonSerializerContext
{
    /// <summary>A setting as the world keeps it, out of the form that reading JSON leaves it in.</summary>
    public static object? Plain(object? value) => value is not JsonElement element ? value : element.ValueKind switch
    {
        JsonValueKind.True => true,
        JsonValueKind.False => false,
        JsonValueKind.Number => element.GetInt64(),
        JsonValueKind.String => element.GetString(),
        JsonValueKind.Array => Texts(element),
        _ => null,
    };

    private static List<string> Texts(JsonElement array)
    {
        var texts = new List<string>(array.GetArrayLength());
        foreach (JsonElement item in array.EnumerateArray()) texts.Add(item.GetString() ?? "");
        return texts;
    }
}

/// <summary>The options are written whole, defaults too: a later build with other defaults still makes the same world.</summary>
[JsonSourceGenerationOptions(WriteIndented = true)]
[JsonSerializable(typeof(WorldOptions))]
internal sealed partial class WorldOptionsJson : JsonSerializerContext;
