using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Sandbox.Exchange.Contract;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>
/// A cmdlet that changes the organisation. Every documented parameter binds; what the world does not keep is refused in words,
/// because a write that is silently dropped would prove things that are not so.
/// </summary>
public abstract class ExchangeWriteCommand : ExchangeCommand
{
    /// <summary>The parameters whose effect the world keeps, or that need none.</summary>
    private protected abstract IReadOnlyCollection<string> Supported { get; }

    private protected sealed override void Execute(BoundArguments arguments)
    {
        foreach (ParameterContract parameter in CmdletContract.All[CommandName].Sets.SelectMany(s => s.Parameters))
        {
            if (arguments.Has(parameter.Name)
                && parameter.Name is not ("WhatIf" or "Confirm")
                && !Supported.Contains(parameter.Name, StringComparer.OrdinalIgnoreCase))
            {
                throw ExchangeErrors.NotAllowed($"The sandbox's organisation doesn't keep '{parameter.Name}' of {CommandName}.");
            }
        }

        Write(arguments);
    }

    private protected abstract void Write(BoundArguments arguments);
}
