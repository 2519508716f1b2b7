using System;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;
using IntuneExchangeConnector.Sandbox.Exchange.Organization;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Get-ActiveSyncOrganizationSettings</c>: the one object, under whatever identity it is asked for.</summary>
[Cmdlet(VerbsCommon.Get, "ActiveSyncOrganizationSettings")]
public sealed class GetOrganizationSettingsCommand : ExchangeCommand
{
    private protected override void Execute(BoundArguments arguments)
    {
        OrganizationSettingsIdentity.Require(arguments.Text("Identity"), Directory);
        Emit(ConfigurationObjects.OrganizationSettings.On(Directory.Server).Create(new(Directory, World.OrganizationSettings)));
    }
}

/// <summary>The identity of the settings object, which nobody needs to give.</summary>
internal static class OrganizationSettingsIdentity
{
    /// <exception cref="ExchangeCommandException">The identity names something else.</exception>
    public static void Require(string? identity, ExchangeDirectory directory)
    {
        if (!string.IsNullOrEmpty(identity)
            && !identity.Equals(ExchangeNames.SettingsName, StringComparison.OrdinalIgnoreCase)
            && !identity.Equals(directory.Names.SettingsDistinguishedName, StringComparison.OrdinalIgnoreCase))
        {
            throw ExchangeErrors.NotFound(identity, directory.DomainController);
        }
    }
}
