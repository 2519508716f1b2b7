using System;
using System.Collections.Generic;
using System.Text;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>One comparison of a filter; <c>contains(member,'x')</c> comes as the operator <c>contains</c>.</summary>
internal sealed record ODataComparison(string Member, string Operator, string Literal, bool IsQuoted);

/// <summary>
/// Reads the small part of the filter language that the endpoint knows: comparisons joined with <c>and</c>, each of them perhaps
/// a row of alternatives joined with <c>or</c>, in parentheses where there is an <c>and</c> beside it.
/// </summary>
internal sealed class ODataFilter
{
    private readonly List<(string Text, bool IsQuoted)> _tokens = [];
    private int _next;

    /// <summary>Null for what is not understood.</summary>
    public static IReadOnlyList<IReadOnlyList<ODataComparison>>? Parse(string filter)
    {
        var parser = new ODataFilter();
        return parser.Scan(filter) ? parser.ReadAll() : null;
    }

    private List<IReadOnlyList<ODataComparison>>? ReadAll()
    {
        var clauses = new List<IReadOnlyList<ODataComparison>>();
        do
        {
            bool inParentheses = Take("(");
            var alternatives = new List<ODataComparison>();
            do
            {
                if (ReadComparison() is not { } comparison) return null;
                alternatives.Add(comparison);
            }
            while (Take("or"));

            if (inParentheses && !Take(")")) return null;
            bool isAlone = clauses.Count == 0 && _next == _tokens.Count;
            if (alternatives.Count > 1 && !inParentheses && !isAlone) return null;
            clauses.Add(alternatives);
        }
        while (Take("and"));
        return _next == _tokens.Count ? clauses : null;
    }

    private ODataComparison? ReadComparison()
    {
        if (Take("contains"))
        {
            if (!Take("(") || TakeAny() is not { IsQuoted: false } member || !Take(",") || TakeAny() is not { IsQuoted: true } part || !Take(")")) return null;
            return new ODataComparison(member.Text, "contains", part.Text, IsQuoted: true);
        }

        if (TakeAny() is not { IsQuoted: false } left || TakeAny() is not { IsQuoted: false } comparer || TakeAny() is not { } literal) return null;
        bool isOperator = comparer.Text is "eq" or "ne" or "lt" or "gt" or "le" or "ge";
        return isOperator ? new ODataComparison(left.Text, comparer.Text, literal.Text, literal.IsQuoted) : null;
    }

    private bool Take(string text)
    {
        if (_next >= _tokens.Count || _tokens[_next].IsQuoted || _tokens[_next].Text != text) return false;
        _next++;
        return true;
    }

    private (string Text, bool IsQuoted)? TakeAny() => _next < _tokens.Count ? _tokens[_next++] : null;

    private bool Scan(string filter)
    {
        for (int i = 0; i < filter.Length;)
        {
            char c = filter[i];
            if (c == ' ') i++;
            else if (c is '(' or ')' or ',')
            {
                _tokens.Add((c.ToString(), false));
                i++;
            }
            else if (c == '\'')
            {
                if (!ScanText(filter, ref i)) return false;
            }
            else
            {
                int start = i;
                while (i < filter.Length && filter[i] is not (' ' or '(' or ')' or ',' or '\'')) i++;
                _tokens.Add((filter[start..i], false));
            }
        }

        return true;
    }

    /// <summary>A quoted text, in which two quotes stand for one.</summary>
    private bool ScanText(string filter, ref int i)
    {
        var text = new StringBuilder();
        for (i++; i < filter.Length; i++)
        {
            if (filter[i] != '\'') text.Append(filter[i]);
            else if (i + 1 < filter.Length && filter[i + 1] == '\'') text.Append(filter[i++]);
            else
            {
                i++;
                _tokens.Add((text.ToString(), true));
                return true;
            }
        }

        return false;
    }
}
