using System;
using System.Linq;
using System.Net;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Prerequisites.Checks;
using IntuneExchangeConnector.Engine.Tests.Intune;
using IntuneExchangeConnector.Engine.Tests.Prerequisites.Support;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Prerequisites;

/// <summary>The certificate that signs in, and the proxy on the way.</summary>
public sealed class SignInChecksTests : IDisposable
{
    private static readonly Uri s_proxy = new("http://proxy.contoso.com:8080");

    private readonly TestCertificates _files = new();

    public void Dispose() => _files.Dispose();

    [Theory]
    [InlineData(0, PrerequisiteStatus.Passed)]
    [InlineData(330, PrerequisiteStatus.Passed)]
    [InlineData(345, PrerequisiteStatus.Warning)]
    [InlineData(366, PrerequisiteStatus.Failed)]
    public void A_certificate_is_judged_by_the_days_that_it_has_left(int daysLater, PrerequisiteStatus expected)
    {
        using var certificate = _files.Create();
        var time = new ImpatientTime(TimeProvider.System.GetUtcNow().AddDays(daysLater));
        var row = new SignInChecks(new FakeNetwork(), time).Run(ByFile(_files.Pfx(certificate, null)), CommandSecrets.None).Of(PrerequisiteIds.SigningCertificate);

        Assert.Equal((expected, true), (row.Status, row.IsRequired));
        Assert.Contains(certificate.NotAfter.ToUniversalTime().ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), row.Proof);
        Assert.Equal(expected == PrerequisiteStatus.Failed, row.Proof.Contains("expired at", StringComparison.Ordinal));
    }

    [Fact]
    public void Without_a_certificate_the_row_is_skipped() => Assert.Equal(
        PrerequisiteStatus.Skipped,
        new SignInChecks(new FakeNetwork(), TimeProvider.System).Run(TestTenant.Settings with { Method = SignInMethod.ManagedIdentity }, CommandSecrets.None).Of(PrerequisiteIds.SigningCertificate).Status);

    [Theory]
    [InlineData(false, null, null, PrerequisiteStatus.Passed, "direct")]
    [InlineData(true, null, null, PrerequisiteStatus.Passed, "the system's")]
    [InlineData(true, "named", null, PrerequisiteStatus.Passed, "as the account that the connector runs as")]
    [InlineData(false, "named", "svc", PrerequisiteStatus.Passed, "as svc")]
    [InlineData(false, "named", "svc-not-kept", PrerequisiteStatus.Warning, "is not kept here")]
    public void The_proxy_in_use_is_told(bool system, string? named, string? account, PrerequisiteStatus expected, string proof)
    {
        var settings = TestTenant.Settings with { Proxy = named is null ? null : s_proxy, ProxyUserName = account };
        var secrets = new CommandSecrets { TenantProxyCredential = account == "svc" ? new NetworkCredential("svc", "hidden") : null };
        var row = new SignInChecks(new FakeNetwork { Proxy = system ? new Uri("http://system.contoso.com:3128") : null }, TimeProvider.System).Run(settings, secrets).Of(PrerequisiteIds.TenantProxy);

        Assert.Equal(expected, row.Status);
        Assert.Contains(proof, row.Proof);
        Assert.Equal(named is not null, row.Proof.Contains("proxy.contoso.com:8080", StringComparison.Ordinal));
        Assert.DoesNotContain("hidden", row.Proof);
    }

    private static TenantSettings ByFile(string path) => TestTenant.Settings with { Method = SignInMethod.CertificateFile, CertificatePath = path };
}
