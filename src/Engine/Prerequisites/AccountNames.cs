using System.Net;

namespace IntuneExchangeConnector.Engine.Prerequisites;

/// <summary>Names of accounts as Exchange takes them.</summary>
internal static class AccountNames
{
    /// <summary>The name of an account that was passed.</summary>
    /// <param name="account">The account.</param>
    /// <returns><c>DOMAIN\name</c>, or the name as it was given.</returns>
    public static string Of(NetworkCredential account) => account.Domain.Length == 0 ? account.UserName : $"{account.Domain}\\{account.UserName}";
}
