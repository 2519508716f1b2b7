using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

/// <summary>A sandbox of its own with one open session, for the tests of one class.</summary>
public sealed class ExchangeSessionFixture : IAsyncLifetime
{
    private SandboxHost? _host;
    private Runspace? _runspace;

    public SandboxHost Host => _host!;

    public SandboxWorld World => Host.State.World;

    public async ValueTask InitializeAsync()
    {
        _host = await SandboxHost.StartAsync(new SandboxOptions { World = new WorldOptions { Partnerships = 400 } });
        _runspace = await _host.OpenRunspaceAsync();
    }

    public async ValueTask DisposeAsync()
    {
        _runspace?.Dispose();
        if (_host is not null)
            await _host.DisposeAsync();
    }

    public SandboxMailbox Mailbox(string alias) => World.Mailboxes.Single(m => m.Alias == alias);

    /// <summary>The only partnership of a mailbox, or the first one.</summary>
    public SandboxPartnership Device(string alias) => World.PartnershipsOf(World.Mailboxes.FindIndex(m => m.Alias == alias))[0];

    public PowerShell Shell() => PowerShell.Create(_runspace!);

    internal ExchangeAnswer Run(string command, params (string Name, object? Value)[] parameters) => Run(_runspace!, command, parameters);

    internal ExchangeAnswer Run(Action<PowerShell> build) => Run(_runspace!, build);

    internal static ExchangeAnswer Run(Runspace runspace, string command, params (string Name, object? Value)[] parameters) => Run(runspace, shell =>
    {
        shell.AddCommand(command);
        foreach ((string name, object? value) in parameters)
            shell.AddParameter(name, value);
    });

    internal static ExchangeAnswer Run(Runspace runspace, Action<PowerShell> build)
    {
        using PowerShell shell = PowerShell.Create(runspace);
        build(shell);
        try
        {
            PSObject[] objects = [.. shell.Invoke()];
            return new ExchangeAnswer(objects, [.. shell.Streams.Error], [.. shell.Streams.Warning.Select(w => w.Message)], Failure: null);
        }
        catch (RemoteException failure)
        {
            return new ExchangeAnswer([], [], [], failure.ErrorRecord);
        }
    }
}
