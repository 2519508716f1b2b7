using System;
using System.Globalization;

namespace IntuneExchangeConnector.Sandbox.Exchange.Filters;

/// <summary>A filter that is not one.</summary>
internal sealed class FilterSyntaxException : Exception
{
    public FilterSyntaxException(string filter, int position)
        : base(string.Create(
            CultureInfo.InvariantCulture,
            $"Invalid filter syntax. For a description of the filter parameter syntax see the command help. \"{filter}\" at position {position + 1}."))
    {
    }

    public FilterSyntaxException(string property)
        : base($"'{property}' is not a recognized filterable property.")
    {
    }
}
