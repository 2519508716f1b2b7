namespace IntuneExchangeConnector.Sandbox.World;

internal static class Change
{
    /// <summary>Null leaves the text, an empty one clears it.</summary>
    public static string? Text(string? current, string? change) => change is null ? current : change.Length == 0 ? null : change;
}
