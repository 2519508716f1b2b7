using System;
using System.Collections.Generic;
using System.Threading.Tasks;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>One path of the interface: who may take it and what answers. A place holder stands as <c>*</c>.</summary>
internal sealed record GraphRouteRule(GraphRoute Route, string Pattern, bool IsIntune, IReadOnlyList<string> Roles, Func<GraphRequest, Task> Handle)
{
    private readonly string[] _segments = Pattern.Split('/');

    public string Method { get; init; } = "GET";

    /// <summary>Paths that v1.0 does not have.</summary>
    public bool IsBetaOnly { get; init; }

    /// <summary>Null when the path is another one; otherwise what stands in the place holders.</summary>
    public string[]? Match(string[] path)
    {
        if (path.Length != _segments.Length) return null;
        var ids = new List<string>();
        for (int i = 0; i < path.Length; i++)
        {
            if (_segments[i] == "*") ids.Add(path[i]);
            else if (!_segments[i].Equals(path[i], StringComparison.OrdinalIgnoreCase)) return null;
        }

        return [.. ids];
    }
}
