using System;
using System.Collections.Generic;
using System.Text;

namespace IntuneExchangeConnector.Sandbox.Exchange.Filters;

/// <summary>Cuts a filter into tokens: words, <c>-operators</c>, <c>'texts'</c> with doubled quotes inside, <c>$variables</c> and parentheses.</summary>
internal static class FilterLexer
{
    public static List<FilterToken> Read(string filter)
    {
        List<FilterToken> tokens = [];
        int at = 0;
        while (at < filter.Length)
        {
            int start = at;
            char c = filter[at];
            switch (c)
            {
                case ' ' or '\t' or '\r' or '\n':
                    at++;
                    break;
                case '(':
                    tokens.Add(new FilterToken(FilterTokenKind.Open, "(", at++));
                    break;
                case ')':
                    tokens.Add(new FilterToken(FilterTokenKind.Close, ")", at++));
                    break;
                case '\'' or '"':
                    tokens.Add(new FilterToken(FilterTokenKind.Text, Quoted(filter, ref at), start));
                    break;
                case '$':
                    at++;
                    tokens.Add(new FilterToken(FilterTokenKind.Variable, Word(filter, ref at), start));
                    break;
                case '-' when at + 1 < filter.Length && char.IsAsciiLetter(filter[at + 1]):
                    at++;
                    tokens.Add(new FilterToken(FilterTokenKind.Operator, Word(filter, ref at).ToLowerInvariant(), start));
                    break;
                case '-' or (>= '0' and <= '9') or (>= 'a' and <= 'z') or (>= 'A' and <= 'Z'):
                    at++;
                    tokens.Add(new FilterToken(FilterTokenKind.Word, c + Word(filter, ref at), start));
                    break;
                default:
                    throw new FilterSyntaxException(filter, at);
            }
        }

        tokens.Add(new FilterToken(FilterTokenKind.End, string.Empty, filter.Length));
        return tokens;
    }

    private static string Word(string filter, ref int at)
    {
        int start = at;
        while (at < filter.Length && (char.IsAsciiLetterOrDigit(filter[at]) || filter[at] == '.'))
            at++;
        return filter[start..at];
    }

    private static string Quoted(string filter, ref int at)
    {
        char quote = filter[at];
        int start = at++;
        StringBuilder text = new();
        while (at < filter.Length)
        {
            if (filter[at] != quote)
            {
                text.Append(filter[at++]);
            }
            else if (at + 1 < filter.Length && filter[at + 1] == quote)
            {
                text.Append(quote);
                at += 2;
            }
            else
            {
                at++;
                return text.ToString();
            }
        }

        throw new FilterSyntaxException(filter, start);
    }
}
