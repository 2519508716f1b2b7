using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Security;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using IntuneExchangeConnector.Sandbox;
using IntuneExchangeConnector.Sandbox.Exchange;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests;

/// <summary>
/// An organisation of the sandbox with its tenant, and a shell that has the staged module and the variables to reach both. All connectors of
/// the process share one data folder, so each organisation has a domain and a connector's name of its own, and installations wait for each
/// other: two at the same instant would want the same place. Classes that use an organisation belong to one of two collections, so that two at
/// a time are at work: <see cref="Organisation"/> or <see cref="SyncedOrganisation"/>.
/// </summary>
public sealed class Organisation : IAsyncDisposable
{
    private const string Installation = "nstall-IntuneExchangeConnector";

    private static readonly Lock s_installation = new();

    private static int s_count;

    private Organisation(string name, SandboxHost exchange, GraphEndpoint tenant)
    {
        Name = name;
        Exchange = exchange;
        Tenant = tenant;
        Token = tenant.IssueToken();
        Shell = Shell.Open();
        Shell.Set("Name", name);
        Shell.Set("Exchange", new Hashtable { ["ExchangeUri"] = exchange.ExchangeUri.ToString() });
        Shell.Set("Secrets", new Hashtable { ["AccessToken"] = Protect(Token) });
        Shell.Set("Tenant", new Hashtable
        {
            ["TenantId"] = tenant.TenantId.ToString(),
            ["ClientId"] = GraphEndpointOptions.DefaultApplication.ClientId.ToString(),
            ["AccessToken"] = Protect(Token),
            ["Environment"] = "Custom",
            ["GraphEndpoint"] = tenant.BaseUri.ToString(),
            ["LoginEndpoint"] = tenant.LoginUri.ToString(),
        });
        Shell.Set("MobileUsers", GroupId(WorldNames.TargetGroup));
        Shell.Set("Exempt", GroupId(WorldNames.ExemptGroup));
    }

    public string Name { get; }

    public SandboxHost Exchange { get; }

    public GraphEndpoint Tenant { get; }

    public Shell Shell { get; }

    /// <summary>The token in the clear, to look for where it must not be.</summary>
    public string Token { get; }

    public static async Task<Organisation> StartAsync(Func<WorldOptions, WorldOptions>? world = null, GraphOrganization? tells = null, ExchangeOptions? behaves = null, Func<GraphEndpointOptions, GraphEndpointOptions>? tenants = null, CancellationToken cancellationToken = default)
    {
        var name = $"org{Interlocked.Increment(ref s_count)}";
        var options = new WorldOptions { Partnerships = 80, DomainName = $"{name}.example" };
        var exchange = await SandboxHost.StartAsync(new SandboxOptions { World = world?.Invoke(options) ?? options, Exchange = behaves ?? new ExchangeOptions() }, cancellationToken);
        try
        {
            var plain = new GraphEndpointOptions { PlainHttp = true, Organization = tells ?? new GraphOrganization() };
            var tenant = await GraphEndpoint.StartAsync(exchange.State, tenants?.Invoke(plain) ?? plain, cancellationToken);
            return new Organisation(name, exchange, tenant);
        }
        catch
        {
            await exchange.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs a script that may fail.</summary>
    public Transcript Run(string script)
    {
        if (!script.Contains(Installation, StringComparison.Ordinal)) return Shell.Run(script);
        lock (s_installation) return Shell.Run(script);
    }

    /// <summary>Runs a script that prepares a test, and so must not fail.</summary>
    public Transcript Prepare(string script)
    {
        var transcript = Run(script);
        Assert.True(transcript.Of(ShellStream.Error).Count == 0, transcript.ToString());
        return transcript;
    }

    /// <summary>Installs the connector, and on request switches its policy on and runs it.</summary>
    public Organisation Install(bool sync = false)
    {
        Prepare("Install-IntuneExchangeConnector -Name $Name @Exchange @Tenant");
        if (sync)
        {
            Prepare("Set-ConnectorAccessPolicy -Name $Name -Enabled $true -IncludedGroup $MobileUsers -ExcludedGroup $Exempt");
            Prepare("Invoke-ConnectorSync -Name $Name -Full -Force @Secrets");
        }

        return this;
    }

    /// <summary>Address of one of the world's well-known people.</summary>
    public string Address(string alias) => Mailbox(alias).PrimarySmtpAddress;

    /// <summary>The mailbox of one of the world's well-known people, as it is now.</summary>
    public SandboxMailbox Mailbox(string alias)
    {
        Exchange.State.Refresh();
        return Exchange.State.Read(world => world.Mailboxes.Single(mailbox => mailbox.Alias == alias));
    }

    /// <summary>Every mailbox's lists, as they are now.</summary>
    public IReadOnlyList<string> Lists()
    {
        Exchange.State.Refresh();
        return Exchange.State.Read(world => world.Mailboxes
            .Select(mailbox => $"{mailbox.Alias}: allowed {string.Join(",", mailbox.AllowedDeviceIds.Order())}; blocked {string.Join(",", mailbox.BlockedDeviceIds.Order())}")
            .ToList());
    }

    public string GroupId(string name) => Exchange.State.Read(world => world.Groups.Single(group => group.DisplayName == name).Id.ToString());

    public static SecureString Protect(string text)
    {
        var secret = new SecureString();
        foreach (var letter in text) secret.AppendChar(letter);
        return secret;
    }

    public async ValueTask DisposeAsync()
    {
        Run("Uninstall-IntuneExchangeConnector -Name $Name -Force");
        Shell.Dispose();
        await Tenant.DisposeAsync();
        await Exchange.DisposeAsync();
    }
}

/// <summary>An organisation whose connector has synchronised, for tests that only read.</summary>
public sealed class SyncedOrganisation : IAsyncLifetime
{
    private Organisation? _organisation;

    public Organisation Organisation => _organisation!;

    public async ValueTask InitializeAsync() => _organisation = (await Organisation.StartAsync()).Install(sync: true);

    public async ValueTask DisposeAsync()
    {
        if (_organisation is not null) await _organisation.DisposeAsync();
    }
}
