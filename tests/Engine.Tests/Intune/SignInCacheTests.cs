using System;
using System.IO;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Configuration;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Sandbox.Graph;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

/// <summary>A person's sign-in from one process to the next: kept where the system protects it, and nowhere else.</summary>
public sealed class SignInCacheTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("sign-in-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_person_who_signed_in_is_not_asked_by_the_next_process()
    {
        await using var tenant = await StartAsync();
        var cache = new ProtectedSignInCache(_folder, new Scrambling());

        await ConnectAsync(tenant, cache);
        await ConnectAsync(tenant, cache);
        await ConnectAsync(tenant, cache);

        Assert.Single(tenant.Console.Prompts);
        Assert.Equal(1, tenant.Endpoint.Requests.Count(GraphRoute.DeviceCode));
    }

    [Fact]
    public async Task What_is_kept_is_protected_bytes_and_nothing_else()
    {
        await using var tenant = await StartAsync();
        await ConnectAsync(tenant, new ProtectedSignInCache(_folder, new Scrambling()));

        var file = Assert.Single(Directory.GetFiles(_folder));
        Assert.EndsWith(".signin", file);
        var text = Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken));
        Assert.DoesNotContain("eyJ", text);
        Assert.DoesNotContain("RefreshToken", text);
        Assert.DoesNotContain(tenant.Settings.ClientId, text);
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
    }

    [Fact]
    public async Task Where_the_system_protects_nothing_there_is_no_file_and_the_person_is_asked_again()
    {
        await using var tenant = await StartAsync();
        var cache = new ProtectedSignInCache(_folder, new Scrambling { IsAvailable = false });

        await ConnectAsync(tenant, cache);
        await ConnectAsync(tenant, cache);

        Assert.Equal(2, tenant.Console.Prompts.Count);
        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task A_file_that_cannot_be_opened_is_as_none()
    {
        await using var tenant = await StartAsync();
        var cache = new ProtectedSignInCache(_folder, new Scrambling());
        await ConnectAsync(tenant, cache);
        await File.WriteAllTextAsync(Directory.GetFiles(_folder).Single(), "another account's", TestContext.Current.CancellationToken);

        await ConnectAsync(tenant, cache);

        Assert.Equal(2, tenant.Console.Prompts.Count);
    }

    [Fact]
    public async Task A_sign_in_that_was_forgotten_is_gone()
    {
        await using var tenant = await StartAsync();
        var cache = new ProtectedSignInCache(_folder, new Scrambling());
        await ConnectAsync(tenant, cache);

        cache.Forget(ByCode(tenant));

        Assert.Empty(Directory.GetFiles(_folder));
    }

    [Fact]
    public async Task An_applications_token_is_never_kept()
    {
        using var files = new TestCertificates();
        using var certificate = files.Create();
        await using var tenant = await SandboxTenant.StartAsync(new() { Applications = [GraphEndpointOptions.DefaultApplication with { Certificates = [certificate] }] }, partnerships: 10);
        using var source = Source(tenant, tenant.Settings with { Method = SignInMethod.CertificateFile, CertificatePath = files.Pfx(certificate, null) }, new ProtectedSignInCache(_folder, new Scrambling()));

        await source.ConnectAsync(TestContext.Current.CancellationToken);

        Assert.Empty(Directory.GetFiles(_folder));
    }

    private static Task<SandboxTenant> StartAsync() => SandboxTenant.StartAsync(new() { DeviceCodePendingPolls = 0 }, partnerships: 10);

    private static TenantSettings ByCode(SandboxTenant tenant) => tenant.Settings with { Method = SignInMethod.DeviceCode };

    private static GraphDeviceSource Source(SandboxTenant tenant, TenantSettings settings, ISignInCache cache) => ManagedDeviceSourceFactory.Create(
        settings, null, null, tenant.Console, tenant.Time, null, TestTenant.Patience, login => new GraphHttp(tenant.Time, login, tenant.Trusting()), cache);

    private static async Task ConnectAsync(SandboxTenant tenant, ISignInCache cache)
    {
        using var source = Source(tenant, ByCode(tenant), cache);
        await source.ConnectAsync(TestContext.Current.CancellationToken);
    }

    /// <summary>Stands for Windows' protection: unreadable without the purpose, and damage is noticed.</summary>
    private sealed class Scrambling : ISecretProtection
    {
        public bool IsAvailable { get; init; } = true;

        public byte[] Protect(byte[] secret, byte[] purpose)
        {
            var body = Mix(secret, purpose);
            return [.. HMACSHA256.HashData(purpose, body), .. body];
        }

        public byte[] Unprotect(byte[] blob, byte[] purpose)
        {
            if (blob.Length < 32 || !HMACSHA256.HashData(purpose, blob.AsSpan(32)).AsSpan().SequenceEqual(blob.AsSpan(0, 32))) throw new CryptographicException("Not yours.");
            return Mix(blob[32..], purpose);
        }

        private static byte[] Mix(byte[] bytes, byte[] purpose)
        {
            var key = SHA256.HashData(purpose);
            return [.. bytes.Select((value, index) => (byte)(value ^ key[index % key.Length] ^ 0x5A))];
        }
    }
}
