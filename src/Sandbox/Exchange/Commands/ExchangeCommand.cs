using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using IntuneExchangeConnector.Sandbox.Exchange.Contract;
using IntuneExchangeConnector.Sandbox.Exchange.Filters;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;
using IntuneExchangeConnector.Sandbox.Exchange.Organization;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>
/// What all Exchange cmdlets have in common: parameters from the contract, one line in the log for each execution, the
/// configured latency and faults, an up-to-date organisation, and errors in Exchange's shape.
/// </summary>
public abstract class ExchangeCommand : PSCmdlet, IDynamicParameters
{
    private ExchangeSession? _session;
    private int _dropAfter = -1;
    private ExchangeFaultKind? _strikesAtEnd;
    private int _written;

    private protected ExchangeSession Session =>
        _session ??= (ExchangeSession)SessionState.PSVariable.GetValue(ExchangeSession.VariableName);

    private protected ExchangeDirectory Directory => Session.Directory;

    private protected SandboxWorld World => Session.Directory.World;

    private protected string CommandName => MyInvocation.MyCommand.Name;

    /// <summary>True under the older name, which knows clients of the ActiveSync family only.</summary>
    private protected bool IsActiveSyncName => CommandName.Contains("ActiveSync", StringComparison.OrdinalIgnoreCase);

    public object GetDynamicParameters() => ContractParameters.Create(CommandName, Session.HiddenParameters(CommandName));

    protected sealed override void ProcessRecord()
    {
        BoundArguments arguments = new(MyInvocation.BoundParameters);
        ExchangeFault? fault = Session.Begin(CommandName, arguments.Names, arguments.Text("Identity") ?? arguments.Text("Mailbox"));
        try
        {
            Run(arguments, fault);
            if (_dropAfter >= 0 || _strikesAtEnd is ExchangeFaultKind.DropSession or ExchangeFaultKind.ServerDown)
                SessionProcessEnd.Now();
            if (_strikesAtEnd is ExchangeFaultKind.Hang)
                Wait(Timeout.Infinite);
        }
        finally
        {
            Session.End();
        }
    }

    private void Run(BoundArguments arguments, ExchangeFault? fault)
    {
        try
        {
            if (!Session.WaitWhileHanging(PipelineStopToken.WaitHandle))
                throw new PipelineStoppedException();
            Suffer(fault);
            Wait(Session.LatencyOf(CommandName));
            Session.Look(arguments.Text("DomainController"));
            ValueLimits.Check(CmdletContract.All[CommandName], arguments);
            Execute(arguments);
        }
        catch (ExchangeCommandException failure)
        {
            WriteError(ExchangeErrors.Record(failure.Error, Directory.ServerName));
        }
    }

    private protected abstract void Execute(BoundArguments arguments);

    private protected void Emit(PSObject result)
    {
        if (_written == _dropAfter)
            SessionProcessEnd.Now();
        _written++;
        WriteObject(result);
    }

    /// <summary>Emits rows as the common query parameters ask: <c>-Filter</c>, <c>-SortBy</c> and <c>-ResultSize</c>, with the warning of a list cut short.</summary>
    private protected void EmitQuery<TRow>(
        IEnumerable<TRow> rows,
        BoundArguments arguments,
        IReadOnlyDictionary<string, Column<TRow>> filterable,
        Func<TRow, PSObject> create,
        bool paged = true)
    {
        if (arguments.Text("Filter") is { Length: > 0 } filter)
            rows = rows.Where(Parse(filter, filterable));
        if (arguments.Text("SortBy") is { Length: > 0 } sort)
            rows = rows.OrderBy(Sortable(sort, filterable), StringComparer.OrdinalIgnoreCase);

        int? limit = paged ? arguments.Limit("ResultSize", Session.Options.DefaultResultSize) : null;
        int emitted = 0;
        foreach (TRow row in rows)
        {
            if (emitted++ == limit)
            {
                WriteWarning(ExchangeTexts.MoreResults);
                return;
            }

            Emit(create(row));
        }
    }

    /// <summary>The device that an identity names, if the command's name covers its client family.</summary>
    private protected SandboxPartnership RequireDevice(string identity)
    {
        SandboxPartnership device = Directory.Device(identity);
        return IsActiveSyncName && device.ClientType != "EAS" ? throw ExchangeErrors.NotFound(identity, Directory.DomainController) : device;
    }

    private Func<TRow, bool> Parse<TRow>(string filter, IReadOnlyDictionary<string, Column<TRow>> filterable)
    {
        try
        {
            return OpathFilter<TRow>.Parse(filter, filterable);
        }
        catch (FilterSyntaxException syntax)
        {
            ThrowTerminatingError(new ErrorRecord(
                new ParameterBindingException($"Cannot bind parameter 'Filter' to the target. Exception setting \"Filter\": \"{syntax.Message}\"", syntax),
                "ParameterBindingFailed",
                ErrorCategory.InvalidArgument,
                targetObject: null));
            throw;
        }
    }

    private static Func<TRow, string?> Sortable<TRow>(string name, IReadOnlyDictionary<string, Column<TRow>> sortable) =>
        sortable.TryGetValue(name, out Column<TRow> column)
            ? row => column.Read(row)?.ToString()
            : throw ExchangeErrors.Invalid($"'{name}' can't be sorted by.");

    private void Suffer(ExchangeFault? fault)
    {
        switch (fault)
        {
            case { AfterEffect: true, Kind: ExchangeFaultKind.DropSession or ExchangeFaultKind.ServerDown or ExchangeFaultKind.Hang }:
                _strikesAtEnd = fault.Kind;
                break;
            case { Kind: ExchangeFaultKind.ServerDown }:
                SessionProcessEnd.Now();
                break;
            case { Kind: ExchangeFaultKind.Hang }:
                Wait(Timeout.Infinite);
                break;
            case { Kind: ExchangeFaultKind.DropSession }:
                if (fault.AfterObjects == 0)
                    SessionProcessEnd.Now();
                _dropAfter = fault.AfterObjects;
                break;
            case { Kind: ExchangeFaultKind.MicroDelay }:
                WriteWarning(ExchangeTexts.MicroDelay(fault.DelayMilliseconds));
                Wait(fault.DelayMilliseconds);
                break;
            case { Kind: ExchangeFaultKind.Error }:
                throw new ExchangeCommandException(ExchangeErrors.Of(fault.Error, Directory.DomainController));
        }
    }

    // A client that stops the pipeline or closes the session waits for nothing.
    private void Wait(int milliseconds)
    {
        if (milliseconds != 0 && PipelineStopToken.WaitHandle.WaitOne(milliseconds))
            throw new PipelineStoppedException();
    }
}
