using System;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>The scope parameter that names a container, by its distinguished or its canonical name.</summary>
internal static class OrganizationalUnit
{
    public static bool Holds(string unit, SandboxMailbox mailbox) =>
        mailbox.DistinguishedName.EndsWith("," + unit, StringComparison.OrdinalIgnoreCase)
        || mailbox.Identity.StartsWith(unit + "/", StringComparison.OrdinalIgnoreCase);
}
