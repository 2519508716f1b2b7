using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

/// <summary>What came back for one command. A command that ended with a terminating error has a failure and nothing else.</summary>
internal sealed record ExchangeAnswer(
    IReadOnlyList<PSObject> Objects,
    IReadOnlyList<ErrorRecord> Errors,
    IReadOnlyList<string> Warnings,
    ErrorRecord? Failure)
{
    public PSObject Single
    {
        get
        {
            Assert.Empty(Errors);
            Assert.Null(Failure);
            return Assert.Single(Objects);
        }
    }

    public IReadOnlyList<string> Column(string property) => [.. Objects.Select(o => Text(o, property))];

    public void Succeeds()
    {
        Assert.Null(Failure);
        Assert.Empty(Errors);
    }

    /// <summary>The one error that is not terminating, with the failure category that names its kind.</summary>
    public ErrorRecord Fails(string exception)
    {
        Assert.Null(Failure);
        ErrorRecord error = Assert.Single(Errors);
        Assert.Equal(exception, error.CategoryInfo.Reason);
        Assert.Contains($"[FailureCategory=Cmdlet-{exception}]", error.FullyQualifiedErrorId);
        return error;
    }

    public static string Text(PSObject source, string property)
    {
        PSPropertyInfo found = source.Properties[property];
        Assert.NotNull(found);
        return found.Value?.ToString() ?? "(null)";
    }

    public static IReadOnlyList<string> List(PSObject source, string property)
    {
        PSObject wrapped = Assert.IsType<PSObject>(source.Properties[property].Value);
        return [.. Assert.IsType<ArrayList>(wrapped.BaseObject).Cast<object>().Select(v => v.ToString()!)];
    }
}
