using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Binding;

/// <summary>Checks what an installation says about the tenant: one way to sign in, and addresses for the custom cloud alone.</summary>
internal static class TenantSignIn
{
    /// <summary>Takes the one way to sign in that was given.</summary>
    /// <param name="ways">Every way, and whether it was given.</param>
    /// <returns>The way.</returns>
    public static SignInMethod One(params (SignInMethod Method, bool Given)[] ways)
    {
        var given = new List<SignInMethod>();
        foreach (var way in ways)
        {
            if (way.Given) given.Add(way.Method);
        }

        return given.Count switch
        {
            1 => given[0],
            0 => throw Errors.InvalidParameter("CertificateThumbprint", null, Strings.SignInMissing, Strings.PassOneSignIn),
            _ => throw Errors.InvalidParameter(Parameter(given[1]), string.Join(", ", given), Strings.SignInSeveral, Strings.PassOneSignIn),
        };
    }

    /// <summary>Checks the id of a user-assigned managed identity.</summary>
    /// <param name="method">The way to sign in.</param>
    /// <param name="id">The id as it was given; null for none.</param>
    /// <returns>The id.</returns>
    public static string? Identity(SignInMethod method, string? id)
    {
        if (id is null) return null;
        if (method != SignInMethod.ManagedIdentity) throw Errors.InvalidParameter("ManagedIdentityClientId", id, Strings.IdentityWithoutMethod, Strings.PassManagedIdentity);
        return Guid.TryParse(id, out var client) ? client.ToString("D") : throw Errors.InvalidParameter("ManagedIdentityClientId", id, Strings.NotClientId, Strings.PassIdentityClientId);
    }

    /// <summary>Checks who signs in, and the cloud's addresses.</summary>
    /// <param name="tenant">The tenant as it was given.</param>
    /// <returns>The tenant.</returns>
    public static TenantSettings Check(TenantSettings tenant)
    {
        if (tenant.ClientId.Length == 0 && tenant.Method != SignInMethod.ManagedIdentity) throw Errors.InvalidParameter("ClientId", null, Strings.ClientMissing, Strings.PassClientId);
        CheckEndpoint(tenant.Environment, "GraphEndpoint", tenant.GraphEndpoint);
        CheckEndpoint(tenant.Environment, "LoginEndpoint", tenant.LoginEndpoint);
        return tenant;
    }

    private static void CheckEndpoint(CloudEnvironment environment, string parameter, Uri? endpoint)
    {
        if (environment != CloudEnvironment.Custom)
        {
            if (endpoint is not null) throw Errors.InvalidParameter(parameter, endpoint, Strings.EndpointWithoutCustom, Strings.PassCustom);
        }
        else if (endpoint is null)
        {
            throw Errors.InvalidParameter(parameter, null, Strings.CustomNeedsEndpoint, Strings.PassBothEndpoints);
        }
        else
        {
            Checked.SecureEndpoint(parameter, endpoint);
        }
    }

    private static string Parameter(SignInMethod method) => method switch
    {
        SignInMethod.CertificateStore => "CertificateThumbprint",
        SignInMethod.CertificateFile => "CertificatePath",
        SignInMethod.DeviceCode => "UseDeviceCode",
        SignInMethod.Interactive => "Interactive",
        SignInMethod.ManagedIdentity => "UseManagedIdentity",
        _ => "AccessToken",
    };
}
