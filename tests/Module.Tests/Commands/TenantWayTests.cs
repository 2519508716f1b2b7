using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using IntuneExchangeConnector.Sandbox.Graph;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

/// <summary>Changing how a connector signs in and by which way it gets to the tenant; and that no token is ever shown.</summary>
[Collection(nameof(Organisation))]
public sealed class TenantWayTests
{
    private const string Look = "$t = (Get-IntuneExchangeConnector -Name $Name).Tenant; ";

    [Fact]
    public async Task The_way_of_signing_in_changes_without_an_installation_and_leaves_nothing_of_the_one_before()
    {
        await using var org = await StartAsync();
        org.Install();

        org.Prepare("Set-IntuneExchangeConnector -Name $Name -CertificateThumbprint '0123456789abcdef0123456789ABCDEF01234567'");
        Assert.Equal(["CertificateStore 0123456789ABCDEF0123456789ABCDEF01234567  "], org.Run(Look + "\"$($t.Method) $($t.CertificateThumbprint) $($t.CertificatePath) $($t.ManagedIdentityClientId)\"").Of(ShellStream.Output));

        org.Prepare("Set-IntuneExchangeConnector -Name $Name -CertificatePath /certificates/app.pfx");
        Assert.Equal(["CertificateFile  /certificates/app.pfx "], org.Run(Look + "\"$($t.Method) $($t.CertificateThumbprint) $($t.CertificatePath) $($t.ManagedIdentityClientId)\"").Of(ShellStream.Output));

        org.Prepare("Set-IntuneExchangeConnector -Name $Name -UseManagedIdentity -ManagedIdentityClientId 0F5C1F0A-6a3e-4c62-9a55-1f1d0c7b9e21");
        Assert.Equal(["ManagedIdentity   0f5c1f0a-6a3e-4c62-9a55-1f1d0c7b9e21"], org.Run(Look + "\"$($t.Method) $($t.CertificateThumbprint) $($t.CertificatePath) $($t.ManagedIdentityClientId)\"").Of(ShellStream.Output));

        org.Prepare("Set-IntuneExchangeConnector -Name $Name -UseDeviceCode -ClientId 22222222-2222-2222-2222-222222222222");
        Assert.Equal(["DeviceCode    22222222-2222-2222-2222-222222222222"], org.Run(Look + "\"$($t.Method) $($t.CertificateThumbprint) $($t.CertificatePath) $($t.ManagedIdentityClientId) $($t.ClientId)\"").Of(ShellStream.Output));

        org.Prepare("Set-IntuneExchangeConnector -Name $Name -Environment USGov -Interactive");
        Assert.Equal(["Interactive USGov  "], org.Run(Look + "\"$($t.Method) $($t.Environment) $($t.GraphEndpoint) $($t.LoginEndpoint)\"").Of(ShellStream.Output));
    }

    [Fact]
    public async Task A_proxy_is_kept_with_the_name_of_its_account_and_without_its_password()
    {
        await using var org = await StartAsync();
        org.Install();
        org.Shell.Set("Account", new System.Management.Automation.PSCredential("CONTOSO\\svc-proxy", Organisation.Protect("pass-of-the-proxy")));

        var told = org.Run("Set-IntuneExchangeConnector -Name $Name -TenantProxy http://proxy.contoso.com:8080 -TenantProxyCredential $Account");

        Assert.Empty(told.Errors);
        if (!OperatingSystem.IsWindows()) Assert.Contains("-TenantProxyCredential", Assert.Single(told.Of(ShellStream.Warning)));
        Assert.Equal(["http://proxy.contoso.com:8080/ CONTOSO\\svc-proxy"], org.Run(Look + "\"$($t.Proxy) $($t.ProxyUserName)\"").Of(ShellStream.Output));
        Assert.DoesNotContain("pass-of-the-proxy", File.ReadAllText((string)org.Run("(Get-IntuneExchangeConnector -Name $Name).ConfigurationPath").Objects[0]));
        Assert.Contains(org.Run("Get-IntuneExchangeConnector -Name $Name | Out-Host").Of(ShellStream.Host), text => Regex.Replace(text, @"\x1b\[[0-9;]*m", string.Empty).Contains("Proxy to the tenant : proxy.contoso.com:8080"));

        // Another proxy does not get to see the account of this one.
        org.Prepare("Set-IntuneExchangeConnector -Name $Name -TenantProxy http://other.contoso.com:8080");
        Assert.Equal(["http://other.contoso.com:8080/ "], org.Run(Look + "\"$($t.Proxy) $($t.ProxyUserName)\"").Of(ShellStream.Output));
        org.Prepare("Set-IntuneExchangeConnector -Name $Name -TenantProxy $null");
        Assert.Equal([" "], org.Run(Look + "\"$($t.Proxy) $($t.ProxyUserName)\"").Of(ShellStream.Output));
    }

    [Theory]
    [InlineData("-UseDeviceCode -UseManagedIdentity", "DeviceCode, ManagedIdentity")]
    [InlineData("-UseDeviceCode -ManagedIdentityClientId 0f5c1f0a-6a3e-4c62-9a55-1f1d0c7b9e21", "0f5c1f0a-6a3e-4c62-9a55-1f1d0c7b9e21")]
    [InlineData("-UseManagedIdentity -ManagedIdentityClientId web-app", "web-app")]
    [InlineData("-UseDeviceCode -CertificatePassword $secret", "")]
    [InlineData("-TenantProxy proxy:8080", "proxy:8080")]
    [InlineData("-TenantProxy http://svc:word@proxy:8080", "")]
    [InlineData("-TenantProxy http://proxy:8080/path", "http://proxy:8080/path")]
    [InlineData("-TenantProxyCredential $account", "svc")]
    [InlineData("-Environment Global -GraphEndpoint https://graph.contoso.com", "https://graph.contoso.com/")]
    public async Task What_cannot_be_right_is_refused_and_changes_nothing(string parameters, string target)
    {
        await using var org = await StartAsync();
        org.Install();
        var before = org.Run(Look + "$t.ToString()").Of(ShellStream.Output);

        var error = Assert.Single(org.Run("$secret = [securestring]::new(); $secret.AppendChar('x'); $account = [pscredential]::new('svc', $secret); Set-IntuneExchangeConnector -Name $Name " + parameters).Errors);

        Assert.StartsWith("InvalidParameter,", error.FullyQualifiedErrorId);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Equal(target, error.TargetObject.ToString());
        Assert.Equal(before, org.Run(Look + "$t.ToString()").Of(ShellStream.Output));
    }

    [Fact]
    public async Task A_full_run_shows_what_Intune_lists_and_a_refusal_of_Intune_is_a_note_and_no_failure()
    {
        await using var org = await StartAsync();
        org.Install(sync: true);
        Assert.Equal(["CONNECTOR1." + org.Name + ".example disconnected 2024"], org.Run("$e = (Get-IntuneExchangeConnector -Name $Name).IntuneConnector; \"$($e.Name) $($e.Status) $($e.LastSync.Year)\"").Of(ShellStream.Output));

        org.Prepare("Set-IntuneExchangeConnector -Name $Name -RequestIntuneSync $true");
        var told = org.Run("$r = Invoke-ConnectorSync -Name $Name -Full -Force @Secrets -Verbose; \"$($r.Status) $($r.ExitCode)\"; $r.Notes | Where-Object Kind -eq Intune | ForEach-Object Text");

        Assert.Empty(told.Errors);
        Assert.Equal("Succeeded 0", told.Of(ShellStream.Output)[0]);
        Assert.Contains("DeviceManagementServiceConfig.ReadWrite.All", told.Of(ShellStream.Output)[1]);
        Assert.Contains(told.Of(ShellStream.Verbose), line => line.Contains("DeviceManagementServiceConfig.ReadWrite.All"));
        Assert.Equal(told.Of(ShellStream.Output)[1], org.Run("(Get-ConnectorSyncHistory -Name $Name -Last 1).Result.Notes | Where-Object Kind -eq Intune | ForEach-Object Text").Of(ShellStream.Output)[0]);
    }

    [Fact]
    public async Task No_stream_no_error_and_no_file_holds_the_token()
    {
        await using var org = await StartAsync();
        org.Install();
        const string Whole = " | ForEach-Object { $_.PSObject.Properties | ForEach-Object { \"$($_.Name)=$($_.Value)\" } }";
        var said = org.Run(
            "Test-ConnectorPrerequisite -Name $Name @Secrets -Verbose -Debug" + Whole
            + "; Invoke-ConnectorSync -Name $Name -Full -Force @Secrets -Verbose -Debug" + Whole
            + "; Get-IntuneExchangeConnector -Name $Name" + Whole);
        org.Tenant.Faults.Always(GraphRoute.Users, GraphFault.Forbidden);
        var refused = org.Run("Invoke-ConnectorSync -Name $Name -Full @Secrets -Verbose -Debug");
        org.Tenant.Faults.Clear();
        org.Tenant.RevokeTokens();
        var expired = org.Run("Invoke-ConnectorSync -Name $Name -Full @Secrets -Verbose -Debug");
        var errors = org.Run("$Error | ForEach-Object { $_.ToString(); $_.Exception.ToString(); $_.ScriptStackTrace; $_.ErrorDetails.RecommendedAction }; Get-ConnectorSyncHistory -Name $Name" + Whole);

        Assert.NotEmpty(refused.Errors);
        Assert.NotEmpty(expired.Errors);
        Assert.NotEmpty(said.Of(ShellStream.Verbose));
        var signature = org.Token.Split('.')[2];
        Assert.All(new[] { said, refused, expired, errors }.SelectMany(script => script.Lines), line => Assert.DoesNotContain(signature, line));
        var folder = Path.GetDirectoryName((string)org.Run("(Get-IntuneExchangeConnector -Name $Name).StatePath").Objects[0])!;
        Assert.All(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories), file => Assert.DoesNotContain(signature, System.Text.Encoding.Latin1.GetString(Shared(file))));
    }

    private static byte[] Shared(string path)
    {
        // What is only a lock may be locked, and holds nothing.
        if (path.EndsWith(".lease", StringComparison.Ordinal) && new FileInfo(path).Length == 0) return [];
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        using var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static Task<Organisation> StartAsync() => Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
}
