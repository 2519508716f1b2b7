using System;
using System.ComponentModel;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Module.Hosting;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>A cmdlet that changes what a connector looks after in the organisation's configuration. Exchange itself is changed by the next full sync.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ConfigurationCmdlet : ConnectorCmdlet
{
    /// <summary>Changes what is wanted; an object that cannot be changed is an error of this object alone.</summary>
    /// <typeparam name="T">What it returns; a domain type.</typeparam>
    /// <param name="refusal">The error that concerns this object alone.</param>
    /// <param name="work">The change.</param>
    /// <returns>What it returned; null where an error was written, or where there is nothing to return.</returns>
    private protected T? Change<T>(string refusal, Func<ISyncConsole, T?> work)
        where T : class
    {
        ConnectorException? failure = null;
        var result = RunEngine([], (_, console, _) =>
        {
            try
            {
                return Task.FromResult(work(console));
            }
            catch (ConnectorException e) when (e.ErrorId == refusal)
            {
                failure = e;
                return Task.FromResult<T?>(null);
            }
        });
        if (failure is not null) WriteError(Errors.From(failure));
        return result;
    }
}
