using System;
using System.Collections;
using System.Collections.Generic;
using System.Management.Automation;
using System.Management.Automation.Language;
using IntuneExchangeConnector.Module.Hosting;

namespace IntuneExchangeConnector.Module.Binding;

/// <summary>Makes completions of live names: by prefix without case, quoted where needed, bounded.</summary>
internal static class Completions
{
    /// <summary>Completions shown at most: more than a screen helps nobody.</summary>
    private const int Shown = 50;

    /// <summary>Names looked at most, so that a key press in a large organisation stays a key press.</summary>
    private const int Examined = 20_000;

    /// <summary>Completes a word.</summary>
    /// <param name="word">What was typed, with a quote perhaps.</param>
    /// <param name="names">The names; they may fail, as where nothing is installed, and are read no further than needed.</param>
    /// <returns>The completions; empty when the names cannot be had.</returns>
    public static IReadOnlyList<CompletionResult> Of(string word, Func<IEnumerable<string>> names)
    {
        var prefix = word.Trim('\'', '"');
        var found = new List<CompletionResult>();
        var seen = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var examined = 0;
        try
        {
            foreach (var name in names())
            {
                if (found.Count == Shown || ++examined > Examined) break;
                if (name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && PlainText.IsHarmless(name) && name.Length > 0 && seen.Add(name))
                {
                    found.Add(new CompletionResult(Quote(name), name, CompletionResultType.ParameterValue, name));
                }
            }
        }
        catch (Exception e) when (!Errors.IsControlFlow(e))
        {
            // A completion is an offer: what stands in its way is told by the command itself.
        }

        return found;
    }

    /// <summary>The value that was typed for another parameter.</summary>
    /// <param name="bound">What was typed so far.</param>
    /// <param name="parameter">The parameter.</param>
    /// <returns>The value; null when none was.</returns>
    public static string? Typed(IDictionary bound, string parameter) =>
        bound.Contains(parameter) ? LanguagePrimitives.ConvertTo<string>(bound[parameter]) : null;

    // Anything beyond letters, digits and a few signs could mean something to the shell.
    private static string Quote(string name)
    {
        foreach (var c in name)
        {
            if (!char.IsLetterOrDigit(c) && c is not ('.' or '_' or '-' or '\\')) return Quoted(name);
        }

        return name[0] == '-' ? Quoted(name) : name;
    }

    private static string Quoted(string name) => "'" + CodeGeneration.EscapeSingleQuotedStringContent(name) + "'";
}
