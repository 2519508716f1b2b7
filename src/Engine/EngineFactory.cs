using System;
using IntuneExchangeConnector.Engine.Configuration;
using IntuneExchangeConnector.Engine.Exchange;
using IntuneExchangeConnector.Engine.Intune;
using IntuneExchangeConnector.Engine.Prerequisites;
using IntuneExchangeConnector.Engine.Store;

namespace IntuneExchangeConnector.Engine;

/// <summary>The one composition root.</summary>
public static class EngineFactory
{
    /// <summary>Creates the engine over the machine's own clock, disk and network.</summary>
    /// <returns>The engine.</returns>
    public static ConnectorEngine Create()
    {
        var time = TimeProvider.System;
        var configurations = XmlConfigurationStore.ForThisSystem();
        var signIns = new ProtectedSignInCache(ConfigurationRoot.OfThisSystem(), new DataProtection());
        return new ConnectorEngine(new EngineServices
        {
            Configurations = configurations,
            Secrets = new ProtectedSecretStore(configurations),
            OpenState = SqliteStateStore.Open,
            CopyState = SqliteStateStore.Copy,
            OpenExchange = way => ExchangeDirectoryFactory.Create(way, time),
            OpenTenant = (settings, policy, secrets, console) => ManagedDeviceSourceFactory.Create(settings, secrets.AccessToken, secrets.CertificatePassword, console, time, policy, secrets.TenantProxyCredential, signIns),
            SignIns = signIns,
            Prerequisites = PrerequisitePorts.OfThisComputer(time),
            Time = time,
#pragma warning disable RS0030 // The one source of run ids; everything else is given them.
            NewId = Guid.NewGuid,
#pragma warning restore RS0030
        });
    }
}
