using System;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;

namespace IntuneExchangeConnector.Engine.Prerequisites;

/// <summary>Makes what a failure says a part of the answer: a check tells it, and goes on.</summary>
internal static class Attempt
{
    /// <summary>Tries work that returns something.</summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <param name="work">The work.</param>
    /// <returns>What it returned, or the failure.</returns>
    public static async Task<(T? Value, ConnectorException? Failure)> OfAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return (await work().ConfigureAwait(false), null);
        }
        catch (ConnectorException failure)
        {
            return (default, failure);
        }
    }

    /// <summary>Tries work that returns nothing.</summary>
    /// <param name="work">The work.</param>
    /// <returns>The failure; null where there was none.</returns>
    public static async Task<ConnectorException?> OfAsync(Func<Task> work)
    {
        try
        {
            await work().ConfigureAwait(false);
            return null;
        }
        catch (ConnectorException failure)
        {
            return failure;
        }
    }

    /// <summary>Tries work that ends at once.</summary>
    /// <typeparam name="T">What it returns.</typeparam>
    /// <param name="work">The work.</param>
    /// <returns>What it returned, or the failure.</returns>
    public static (T? Value, ConnectorException? Failure) Of<T>(Func<T> work)
        where T : class
    {
        try
        {
            return (work(), null);
        }
        catch (ConnectorException failure)
        {
            return (null, failure);
        }
    }
}
