using System;
using System.Collections.Generic;
using System.Globalization;

namespace IntuneExchangeConnector.Sandbox.Verbs;

/// <summary>What follows a verb on the command line: <c>--name value</c> pairs.</summary>
internal sealed class VerbArguments
{
    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="ArgumentException">A word is no name, a name has no value, or the verb does not know the name.</exception>
    public VerbArguments(ReadOnlySpan<string> words, params ReadOnlySpan<string> known)
    {
        for (int i = 0; i < words.Length; i += 2)
        {
            string name = words[i].StartsWith("--", StringComparison.Ordinal) ? words[i][2..] : string.Empty;
            if (!known.Contains(name))
                throw new ArgumentException($"Unknown argument '{words[i]}'.");
            if (i + 1 == words.Length)
                throw new ArgumentException($"'{words[i]}' has no value.");
            _values[name] = words[i + 1];
        }
    }

    public string? Optional(string name) => _values.GetValueOrDefault(name);

    public string Required(string name) => Optional(name) ?? throw new ArgumentException($"'--{name}' is missing.");

    /// <summary>A number that may be below zero.</summary>
    public int Signed(string name, int otherwise) =>
        Optional(name) is { } text ? int.Parse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture) : otherwise;

    public int Number(string name, int otherwise) =>
        Optional(name) is { } text ? int.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture) : otherwise;
}
