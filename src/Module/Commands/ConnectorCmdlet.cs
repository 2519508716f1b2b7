using System;
using System.ComponentModel;
using System.Diagnostics.CodeAnalysis;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>A cmdlet that works on one connector.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class ConnectorCmdlet : AsyncCmdlet
{
    /// <summary><b>-Name:</b> the connector; where there is only one, it need not be named.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Connector")]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(ConnectorNameCompleter))]
    public virtual string? Name { get; set; }

    /// <summary>The connector's name for people; the engine decides whether it exists.</summary>
    private protected string NameForPeople
    {
        get
        {
            if (Name is not null) return Name;
            var names = AskEngine(() => EngineHost.Current.ListConnectors());
            return names.Count == 1 ? names[0] : Strings.TheConnector;
        }
    }

    /// <summary>True when a parameter was given.</summary>
    /// <param name="parameter">Its name.</param>
    private protected bool IsGiven(string parameter) => MyInvocation.BoundParameters.ContainsKey(parameter);

    /// <summary>Asks the engine for one object of several: where it does not exist, that is an error of this object alone.</summary>
    /// <typeparam name="T">What it returns; a domain type.</typeparam>
    /// <param name="missing">The error that says so.</param>
    /// <param name="work">The question.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>False when an error was written instead.</returns>
    private protected bool TryAskEngine<T>(string missing, Func<T> work, [NotNullWhen(true)] out T? answer)
        where T : class => TryAskEngine(e => e.ErrorId == missing, work, out answer);

    /// <summary>Asks the engine for one object of several: where it cannot be had, that is an error of this object alone.</summary>
    /// <typeparam name="T">What it returns; a domain type.</typeparam>
    /// <param name="missing">Tells the failures that say so.</param>
    /// <param name="work">The question.</param>
    /// <param name="answer">The answer.</param>
    /// <returns>False when an error was written instead.</returns>
    private protected bool TryAskEngine<T>(Func<ConnectorException, bool> missing, Func<T> work, [NotNullWhen(true)] out T? answer)
        where T : class
    {
        ConnectorException? failure = null;
        answer = AskEngine(() =>
        {
            try
            {
                return work();
            }
            catch (ConnectorException e) when (missing(e))
            {
                failure = e;
                return null;
            }
        });
        if (failure is not null) WriteError(Errors.From(failure));
        return answer is not null;
    }

    /// <summary>Steps through what the engine streams: where a name is not known, that is an error of this question alone.</summary>
    /// <param name="next">Steps.</param>
    /// <returns>False at the end, and where an error was written instead.</returns>
    private protected bool TryNext(Func<bool> next)
    {
        ConnectorException? failure = null;
        var more = AskEngine(() =>
        {
            try
            {
                return next();
            }
            catch (ConnectorException e) when (IsUnknownName(e))
            {
                failure = e;
                return false;
            }
        });
        if (failure is not null) WriteError(Errors.From(failure));
        return more;
    }

    /// <summary>True for failures that say that one of several objects is not there, or is not the one.</summary>
    /// <param name="failure">The failure.</param>
    /// <returns>True when the other objects are still worth asking for.</returns>
    private protected static bool IsUnknownName(ConnectorException failure) =>
        failure.ErrorId is ErrorIds.MailboxNotFound or ErrorIds.DeviceNotFound or ErrorIds.DeviceAmbiguous or ErrorIds.ExemptionNotFound;

    /// <summary>Asks before an effect. Force stands in for a person's yes, and never for a dry run.</summary>
    /// <param name="target">What is changed.</param>
    /// <param name="action">What is done to it.</param>
    /// <param name="force">Whether the command was given its force.</param>
    /// <returns>True when the effect may happen.</returns>
    private protected bool Approve(string target, string action, bool force) =>
        force && !IsGiven("Confirm") && !IsDryRun ? true : ShouldProcess(PlainText.OneLine(target), PlainText.OneLine(action));

    /// <summary>True when nothing may be changed.</summary>
    private protected bool IsDryRun => MyInvocation.BoundParameters.TryGetValue("WhatIf", out var given)
        ? LanguagePrimitives.IsTrue(given)
        : LanguagePrimitives.IsTrue(GetVariableValue("WhatIfPreference"));
}
