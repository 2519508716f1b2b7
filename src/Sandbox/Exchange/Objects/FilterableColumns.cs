using System;
using System.Collections.Generic;
using System.Linq;

namespace IntuneExchangeConnector.Sandbox.Exchange.Objects;

/// <summary>Properties by the names that a filter uses.</summary>
internal static class FilterableColumns
{
    public static IReadOnlyDictionary<string, Column<TRow>> Of<TRow>(params IEnumerable<Column<TRow>> columns) =>
        columns.ToDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase);
}
