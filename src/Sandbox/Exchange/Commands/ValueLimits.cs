using System.Globalization;
using System.Linq;
using IntuneExchangeConnector.Sandbox.Exchange.Contract;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>The documented limits of values, checked by the cmdlet itself as Exchange does, not by parameter binding.</summary>
internal static class ValueLimits
{
    /// <exception cref="ExchangeCommandException">A bound value is too long, too small or too large.</exception>
    public static void Check(CmdletContract contract, BoundArguments arguments)
    {
        foreach (ParameterContract parameter in contract.Sets.SelectMany(s => s.Parameters))
        {
            object? value = parameter is { MaxLength: null, Minimum: null } ? null : arguments.Value(parameter.Name);
            if (value is string text && text.Length > parameter.MaxLength)
                throw ExchangeErrors.Invalid($"The length of the property is too long. The maximum length is {parameter.MaxLength} and the length of the value provided is {text.Length.ToString(CultureInfo.InvariantCulture)}. ({parameter.Name})");

            long? number = value switch
            {
                int count => count,
                Unlimited unlimited => unlimited.Count,
                _ => null,
            };
            if (number < parameter.Minimum || number > parameter.Maximum)
                throw ExchangeErrors.Invalid($"The property value is not within the range {parameter.Minimum}-{parameter.Maximum}: {number}. ({parameter.Name})");
        }
    }
}
