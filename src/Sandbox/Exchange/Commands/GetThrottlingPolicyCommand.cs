using System;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Get-ThrottlingPolicy</c>: the global policy, whose session limit is the one in force.</summary>
[Cmdlet(VerbsCommon.Get, "ThrottlingPolicy")]
public sealed class GetThrottlingPolicyCommand : ExchangeCommand
{
    private protected override void Execute(BoundArguments arguments)
    {
        if (arguments.Text("Identity") is { Length: > 0 } identity && !identity.Equals(ThrottlingObjects.PolicyName, StringComparison.OrdinalIgnoreCase))
            throw ExchangeErrors.NotFound(identity, Directory.DomainController);
        if (arguments.Text("ThrottlingPolicyScope") is null or "Global")
            Emit(ThrottlingObjects.Policy.Create(new(Directory, Session.Options.SessionLimit)));
    }
}
