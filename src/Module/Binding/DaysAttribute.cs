using System;
using System.Globalization;
using System.Management.Automation;

namespace IntuneExchangeConnector.Module.Binding;

/// <summary>Takes a bare number for days. PowerShell itself takes it for ticks, which nobody means.</summary>
[AttributeUsage(AttributeTargets.Property)]
internal sealed class DaysAttribute : ArgumentTransformationAttribute
{
    /// <inheritdoc/>
    public override object? Transform(EngineIntrinsics engineIntrinsics, object? inputData)
    {
        var value = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        return value is int or long or double or decimal or byte or short or float
            ? Days(Convert.ToDouble(value, CultureInfo.InvariantCulture)) ?? inputData
            : inputData;
    }

    // What is no time at all is left to PowerShell, which says so.
    private static object? Days(double days) => Math.Abs(days) <= TimeSpan.MaxValue.TotalDays - 1 ? TimeSpan.FromDays(days) : null;
}
