using System;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Contract;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>
/// What all Exchange cmdlets have in common: parameters from the contract, one line in the log for each execution, the
/// configured latency and faults, an up-to-date organisation, and errors in Exchange's shape.
/// </summary>
public abstract class ExchangeCommand : PSCmdlet, IDynamicParameters
{
    private ExchangeSession? _session;
    private int _dropAfter = -1;
    private int _written;

    private protected ExchangeSession Session =>
        _session ??= (ExchangeSession)SessionState.PSVariable.GetValue(ExchangeSession.VariableName);

    private protected ExchangeDirectory Directory => Session.Directory;

    private protected string CommandName => MyInvocation.MyCommand.Name;

    public object GetDynamicParameters() => ContractParameters.Create(CommandName, Session.HiddenParameters(CommandName));

    protected sealed override void ProcessRecord()
    {
        BoundArguments arguments = new(MyInvocation.BoundParameters);
        ExchangeFault? fault = Session.Begin(CommandName, MyInvocation.BoundParameters.Keys, arguments.Text("Identity") ?? arguments.Text("Mailbox"));
        try
        {
            Suffer(fault);
            Wait(Session.LatencyOf(CommandName));
            Execute(arguments);
        }
        catch (ExchangeCommandException failure)
        {
            WriteError(ExchangeErrors.Record(failure.Error, Session.Directory.ServerName));
        }

        if (_dropAfter >= 0)
            SessionProcessEnd.Now();
    }

    private protected abstract void Execute(BoundArguments arguments);

    private protected void Emit(PSObject result)
    {
        if (_written++ == _dropAfter)
            SessionProcessEnd.Now();
        WriteObject(result);
    }

    private void Suffer(ExchangeFault? fault)
    {
        switch (fault)
        {
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
                throw new ExchangeCommandException(ExchangeErrors.Of(fault.Error, Session.Directory.DomainController));
        }
    }

    // A client that stops the pipeline or closes the session waits for nothing.
    private void Wait(int milliseconds)
    {
        if (milliseconds > 0 && PipelineStopToken.WaitHandle.WaitOne(milliseconds))
            throw new PipelineStoppedException();
    }
}
