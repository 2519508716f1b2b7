using System;
using System.IO;
using System.Linq;
using System.Text;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using IntuneExchangeConnector.Sandbox.Graph;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

[Collection(nameof(Organisation))]
public sealed class InstallTests
{
    private const string Look = "Get-IntuneExchangeConnector -Name $Name -ErrorAction Ignore | ForEach-Object Name";

    [Fact]
    public async Task Installing_says_nothing_emits_on_request_and_decides_nothing()
    {
        await using var org = await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Equal(["Output: ConnectorStatus"], org.Run("$made = Install-IntuneExchangeConnector -Name $Name @Exchange @Tenant -PassThru; $made").Lines);
        Assert.Equal(
            [org.Name, "PolicyDisabled", "0", org.Exchange.ExchangeUri.ToString(), "AccessToken", "False"],
            org.Run("$made.Name; \"$($made.State)\"; $made.Entries; \"$($made.Exchange.Uri)\"; \"$($made.Tenant.Method)\"; (Get-ConnectorAccessPolicy -Name $Name).Enabled").Of(ShellStream.Output));
        Assert.Contains($"DC={org.Name},DC=example", (string)org.Run("$made.Organization").Objects[0]);
        Assert.Equal(0, org.Exchange.CountOf("Set-CASMailbox"));
    }

    [Fact]
    public async Task Verbose_tells_who_answered()
    {
        await using var org = await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        var told = org.Run("Install-IntuneExchangeConnector -Name $Name @Exchange @Tenant -Verbose").Of(ShellStream.Verbose);

        Assert.Contains(told, line => line.StartsWith("Exchange answered: ", StringComparison.Ordinal));
        Assert.Contains($"The tenant {org.Tenant.TenantId} answered.", told);
    }

    [Fact]
    public async Task A_dry_run_leaves_nothing_and_asks_nobody()
    {
        await using var org = await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken);

        Assert.Single(org.Run("Install-IntuneExchangeConnector -Name $Name @Exchange @Tenant -WhatIf").Of(ShellStream.Host));
        Assert.Empty(org.Run(Look).Lines);
        Assert.Empty(org.Exchange.Commands());
        Assert.Equal(0, org.Tenant.Requests.Total);
    }

    [Fact]
    public async Task A_second_connector_for_one_organisation_is_refused_and_replace_takes_over()
    {
        await using var org = (await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken)).Install(sync: true);
        var entries = org.Run("(Get-IntuneExchangeConnector -Name $Name).Entries").Objects[0];

        var refused = org.Run("Install-IntuneExchangeConnector -Name \"$Name-second\" @Exchange @Tenant");
        Assert.StartsWith("ConnectorExists,", Assert.Single(refused.Errors).FullyQualifiedErrorId);
        Assert.Empty(refused.Objects);

        org.Prepare("Install-IntuneExchangeConnector -Name \"$Name-second\" @Exchange @Tenant -Replace; $Old = $Name; $Name = \"$Name-second\"");
        Assert.NotEqual(0, entries);
        Assert.Equal([entries, true], org.Run("(Get-IntuneExchangeConnector -Name $Name).Entries; (Get-ConnectorAccessPolicy -Name $Name).Enabled").Objects);
        Assert.Empty(org.Run("Get-IntuneExchangeConnector -Name $Old -ErrorAction Ignore").Lines);
    }

    [Fact]
    public async Task What_a_caller_lends_as_a_session_is_used_and_stays_open()
    {
        await using var org = await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        using var runspace = await org.Exchange.OpenRunspaceAsync(TestContext.Current.CancellationToken);
        org.Shell.Set("Session", System.Management.Automation.Runspaces.PSSession.Create(runspace, "pipe", null));

        org.Prepare("Install-IntuneExchangeConnector -Name $Name -Session $Session @Tenant");

        Assert.Equal(["CallerSession", "Opened"], org.Run("\"$((Get-IntuneExchangeConnector -Name $Name).Exchange.Entrance)\"; \"$($Session.State)\"").Of(ShellStream.Output));
        Assert.Equal("Planned", org.Run("\"$((Invoke-ConnectorSync -Name $Name -Session $Session @Secrets -WhatIf).Status)\"").Objects[^1]);
    }

    [Theory]
    [InlineData("$Exchange = @{ ExchangeUri = 'pipe://localhost/nobody-listens-here' }", "ExchangeUnreachable,")]
    [InlineData("$Tenant.AccessToken = [securestring]::new(); $Tenant.AccessToken.AppendChar('x')", "AccessTokenExpired,")]
    [InlineData("$Tenant.GraphEndpoint = $Tenant.LoginEndpoint = 'http://localhost:1/'", "GraphUnreachable,")]
    [InlineData("$Name = '../elsewhere'", "ConnectorNameInvalid,")]
    public async Task What_does_not_work_is_a_terminating_error_with_a_remedy_and_leaves_nothing(string mistake, string id)
    {
        await using var org = await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        org.Prepare(mistake);

        var transcript = org.Run("try { Install-IntuneExchangeConnector -Name $Name @Exchange @Tenant -PassThru } catch { $_ }; " + Look);

        var error = Assert.IsType<System.Management.Automation.ErrorRecord>(Assert.Single(transcript.Objects));
        Assert.StartsWith(id, error.FullyQualifiedErrorId);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        Assert.Empty(transcript.Errors);
    }

    [Fact]
    public async Task A_token_without_a_permission_is_refused_with_its_name()
    {
        await using var org = await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        org.Shell.Set("Weak", Organisation.Protect(org.Tenant.IssueToken("User.Read.All")));

        var error = Assert.Single(org.Run("$Tenant.AccessToken = $Weak; Install-IntuneExchangeConnector -Name $Name @Exchange @Tenant").Errors);

        Assert.StartsWith("GraphPermissionMissing,", error.FullyQualifiedErrorId);
        Assert.Contains("DeviceManagementManagedDevices.Read.All", error.ErrorDetails.Message + error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public async Task No_secret_reaches_a_file_or_a_stream()
    {
        await using var org = await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var said = org.Prepare("""
            $password = [securestring]::new(); 'pa55-Word-unheard'.ToCharArray() | ForEach-Object { $password.AppendChar($_) }
            Install-IntuneExchangeConnector -Name $Name @Exchange @Tenant -Credential ([pscredential]::new('contoso\svc', $password)) -PassThru -Verbose
            Invoke-ConnectorSync -Name $Name @Secrets -WhatIf -Verbose
            """).ToString();
        var folder = Path.GetDirectoryName((string)org.Run("(Get-IntuneExchangeConnector -Name $Name).ConfigurationPath").Objects[0])!;
        var written = string.Concat(Directory.GetFiles(folder).Select(path => Encoding.Latin1.GetString(ReadShared(path))));

        Assert.DoesNotContain(org.Token, said + written);
        Assert.DoesNotContain("pa55-Word-unheard", said + written);
        Assert.DoesNotContain(Convert.ToBase64String(Encoding.Unicode.GetBytes("pa55-Word-unheard")), written);
        Assert.Contains("svc", written);
    }

    private static byte[] ReadShared(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        var bytes = new byte[file.Length];
        file.ReadExactly(bytes);
        return bytes;
    }
}
