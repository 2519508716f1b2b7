namespace IntuneExchangeConnector.Sandbox.Exchange.Filters;

internal enum FilterTokenKind
{
    Word,
    Operator,
    Text,
    Variable,
    Open,
    Close,
    End,
}

/// <summary>One token of a filter; the text of a quoted value has its quotes taken off.</summary>
internal readonly record struct FilterToken(FilterTokenKind Kind, string Text, int Position);
