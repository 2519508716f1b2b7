using System;
using System.Security.Cryptography;
using System.Text;

namespace IntuneExchangeConnector.Sandbox.Exchange.Organization;

/// <summary>The GUID of an object that the world derives instead of storing: every session must find the same one.</summary>
internal static class StableGuid
{
    public static Guid Of(string name) => new(SHA256.HashData(Encoding.UTF8.GetBytes(name)).AsSpan(0, 16));
}
