using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;

namespace IntuneExchangeConnector.Sandbox.Exchange.Filters;

/// <summary>
/// The filter language of Exchange's Get cmdlets, as far as it is documented for them:
/// <code>
///   filter     = and { -or and }
///   and        = not { -and not }
///   not        = [ -not ] ( "(" filter ")" | comparison )
///   comparison = property operator value
///   operator   = -eq -ne -lt -le -gt -ge -like -notlike
///   value      = 'text' | number | $true | $false | $null
/// </code>
/// </summary>
internal sealed class OpathFilter<TRow>
{
    private readonly string _filter;
    private readonly IReadOnlyDictionary<string, Column<TRow>> _columns;
    private readonly List<FilterToken> _tokens;
    private int _at;

    private OpathFilter(string filter, IReadOnlyDictionary<string, Column<TRow>> columns)
    {
        _filter = filter;
        _columns = columns;
        _tokens = FilterLexer.Read(filter);
    }

    private FilterToken Current => _tokens[_at];

    /// <exception cref="FilterSyntaxException">The text is no filter, or names a property that cannot be filtered.</exception>
    public static Func<TRow, bool> Parse(string filter, IReadOnlyDictionary<string, Column<TRow>> columns)
    {
        OpathFilter<TRow> parser = new(filter, columns);
        Func<TRow, bool> condition = parser.Or();
        parser.Expect(FilterTokenKind.End);
        return condition;
    }

    private Func<TRow, bool> Or()
    {
        Func<TRow, bool> left = And();
        while (TryOperator("or"))
        {
            (Func<TRow, bool> first, Func<TRow, bool> second) = (left, And());
            left = row => first(row) || second(row);
        }

        return left;
    }

    private Func<TRow, bool> And()
    {
        Func<TRow, bool> left = Not();
        while (TryOperator("and"))
        {
            (Func<TRow, bool> first, Func<TRow, bool> second) = (left, Not());
            left = row => first(row) && second(row);
        }

        return left;
    }

    private Func<TRow, bool> Not()
    {
        if (TryOperator("not"))
        {
            Func<TRow, bool> condition = Not();
            return row => !condition(row);
        }

        if (Current.Kind != FilterTokenKind.Open)
            return Comparison();

        _at++;
        Func<TRow, bool> inner = Or();
        Expect(FilterTokenKind.Close);
        return inner;
    }

    private Func<TRow, bool> Comparison()
    {
        FilterToken property = Expect(FilterTokenKind.Word);
        if (!_columns.TryGetValue(property.Text, out Column<TRow> column))
            throw new FilterSyntaxException(property.Text);

        FilterToken comparison = Expect(FilterTokenKind.Operator);
        FilterToken value = Current;
        _at++;
        Func<object?, bool> test = FilterComparison.Create(comparison.Text, value)
            ?? throw new FilterSyntaxException(_filter, comparison.Position);
        return row => test(column.Read(row));
    }

    private bool TryOperator(string name)
    {
        if (Current is not { Kind: FilterTokenKind.Operator } token || token.Text != name)
            return false;
        _at++;
        return true;
    }

    private FilterToken Expect(FilterTokenKind kind)
    {
        FilterToken token = Current;
        if (token.Kind != kind)
            throw new FilterSyntaxException(_filter, token.Position);
        _at++;
        return token;
    }
}
