using System;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange;

namespace IntuneExchangeConnector.Engine.Sync;

/// <summary>
/// Makes sure that a session belongs to the connector's own organisation. In another one every mailbox of ours looks as if it were gone.
/// </summary>
internal static class OrganizationCheck
{
    /// <summary>Lets the connector's own organisation pass.</summary>
    /// <param name="organization">What the session said.</param>
    /// <param name="settings">The connector.</param>
    /// <exception cref="ConnectorException">The session belongs to another organisation.</exception>
    public static void Pass(ExchangeOrganization organization, ConnectorSettings settings)
    {
        if (string.Equals(organization.DistinguishedName, settings.Organization, StringComparison.OrdinalIgnoreCase)) return;
        throw new ConnectorException(
            ErrorIds.ExchangeSessionInvalid,
            ErrorKind.InvalidInput,
            organization.Server,
            $"The session belongs to another organisation ({organization.DistinguishedName}) than the connector '{settings.Name}' ({settings.Organization}).",
            "Pass a session of the connector's own organisation, or install a connector for the other one.");
    }
}
