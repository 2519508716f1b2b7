using System;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Configuration;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Prerequisites;
using IntuneExchangeConnector.Engine.Store;

namespace IntuneExchangeConnector.Engine;

/// <summary>Opens a connector's way to Exchange.</summary>
/// <param name="way">Where it leads and who goes it.</param>
/// <returns>The directory, not connected yet.</returns>
internal delegate IExchangeDirectory OpenExchange(ExchangeWay way);

/// <summary>What is known when a way to Exchange is opened.</summary>
/// <param name="Settings">The connector's settings.</param>
/// <param name="Secrets">The secrets that came with the command or were kept.</param>
/// <param name="Shell">What the caller's shell lends.</param>
/// <param name="Console">Told when another server takes over and when the number of sessions changes.</param>
/// <param name="State">Where the health of the servers is remembered from run to run; null before the connector exists.</param>
internal sealed record ExchangeWay(ConnectorSettings Settings, CommandSecrets Secrets, CallerShell? Shell, ISyncConsole? Console, IStateStore? State)
{
    /// <summary>False where nothing may be written, not even what was learned of the servers.</summary>
    public bool Remembers { get; init; } = true;
}

/// <summary>Opens a connector's way to its tenant.</summary>
/// <param name="settings">The tenant and who signs in.</param>
/// <param name="policy">The policy whose groups have to be readable.</param>
/// <param name="secrets">The secrets that came with the command or were kept.</param>
/// <param name="console">Shows what a person must do to sign in.</param>
/// <returns>The source, not signed in yet.</returns>
internal delegate IManagedDeviceSource OpenTenant(TenantSettings settings, AccessPolicy policy, CommandSecrets secrets, ISyncConsole console);

/// <summary>Everything outside the process that the engine uses, behind its ports.</summary>
internal sealed class EngineServices
{
    /// <summary>Where connectors are configured.</summary>
    public required IConfigurationStore Configurations { get; init; }

    /// <summary>Where secrets are kept, where the system has a protected place.</summary>
    public required ISecretStore Secrets { get; init; }

    /// <summary>Where a person's sign-in is kept.</summary>
    public ISignInCache SignIns { get; init; } = MemorySignInCache.Instance;

    /// <summary>Opens the state file at a path; creates it when it is not there.</summary>
    public required Func<string, IStateStore> OpenState { get; init; }

    /// <summary>Copies the state file at the first path to the second, where none may be yet.</summary>
    public required Action<string, string> CopyState { get; init; }

    /// <summary>Opens the way to Exchange.</summary>
    public required OpenExchange OpenExchange { get; init; }

    /// <summary>Opens the way to the tenant.</summary>
    public required OpenTenant OpenTenant { get; init; }

    /// <summary>The computer and its network, as a check of prerequisites sees them.</summary>
    public required PrerequisitePorts Prerequisites { get; init; }

    /// <summary>The clock.</summary>
    public required TimeProvider Time { get; init; }

    /// <summary>New ids for runs.</summary>
    public required Func<Guid> NewId { get; init; }
}
