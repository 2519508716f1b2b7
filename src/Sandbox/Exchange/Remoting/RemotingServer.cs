using System;
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Remoting;
using System.Reflection;

namespace IntuneExchangeConnector.Sandbox.Exchange.Remoting;

/// <summary>
/// Serves one PowerShell remoting session over this process's standard streams with a session configuration of one's own,
/// the hook through which Exchange supplies its sessions under WSMan. Outside WSMan the engine offers that hook to nobody,
/// so the two entry points are reached by reflection.
/// </summary>
internal static class RemotingServer
{
    private const BindingFlags Hidden = BindingFlags.Static | BindingFlags.Instance | BindingFlags.NonPublic;

    // Sessions over standard streams ask for the configuration registered under the empty parameter text.
    private const string OutOfProcessKey = "";

    /// <summary>Runs until the client closes the streams; the engine then ends the process.</summary>
    public static void Run<TConfiguration>()
        where TConfiguration : PSSessionConfiguration, new()
    {
        Register(typeof(TConfiguration));

        Type mediator = EngineType("System.Management.Automation.Remoting.Server.StdIOProcessMediator");
        MethodInfo run = mediator.GetMethod("Run", Hidden) ?? throw Missing("StdIOProcessMediator.Run");
        run.Invoke(null, [/* initialCommand */ null, /* workingDirectory */ null, /* configurationName */ null, /* configurationFile */ null, /* combineErrOutStream */ true]);
    }

    private static void Register(Type configuration)
    {
        Type entry = EngineType("System.Management.Automation.Remoting.ConfigurationDataFromXML");
        MethodInfo create = entry.GetMethod("Create", Hidden) ?? throw Missing("ConfigurationDataFromXML.Create");
        FieldInfo type = entry.GetField("EndPointConfigurationType", Hidden) ?? throw Missing("EndPointConfigurationType");
        FieldInfo registry = typeof(PSSessionConfiguration).GetField("s_ssnStateProviders", Hidden) ?? throw Missing("s_ssnStateProviders");

        object data = create.Invoke(null, [OutOfProcessKey])!;
        type.SetValue(data, configuration);
        ((IDictionary)registry.GetValue(null)!)[OutOfProcessKey] = data;
    }

    private static Type EngineType(string name) =>
        typeof(PSObject).Assembly.GetType(name) ?? throw Missing(name);

    private static NotSupportedException Missing(string member) =>
        new($"This version of System.Management.Automation has no {member}.");
}
