using System.Management.Automation;
using System.Net;

namespace IntuneExchangeConnector.Module.Binding;

/// <summary>Hands credentials on without unfolding them.</summary>
internal static class Credentials
{
    /// <summary>The same account in the base library's type.</summary>
    /// <param name="credential">The account; null for none.</param>
    /// <returns>The account, its name as it was typed: domain\user and user@domain stay whole.</returns>
    public static NetworkCredential? ToNetwork(this PSCredential? credential) =>
        credential is null ? null : new NetworkCredential(credential.UserName, credential.Password);
}
