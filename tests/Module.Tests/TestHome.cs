using System;
using System.IO;
using System.Linq;
using System.Reflection;

[assembly: Xunit.AssemblyFixture(typeof(IntuneExchangeConnector.Module.Tests.TestHome))]

namespace IntuneExchangeConnector.Module.Tests;

/// <summary>A data folder for this process, so that no test sees or touches a connector of the machine.</summary>
public sealed class TestHome : IDisposable
{
    private const string Variable = "INTUNE_EXCHANGE_CONNECTOR_HOME";
    private readonly string _folder = Directory.CreateTempSubdirectory("connector-tests-").FullName;

    public TestHome() => Environment.SetEnvironmentVariable(Variable, _folder);

    /// <summary>The probes' assembly.</summary>
    public static string Probes { get; } = Metadata("Probes");

    /// <summary>An older release of a package that the module brings with it.</summary>
    public static string OlderIdentityClient { get; } = Metadata("OlderIdentityClient");

    public void Dispose()
    {
        Environment.SetEnvironmentVariable(Variable, null);
        Directory.Delete(_folder, recursive: true);
    }

    private static string Metadata(string key) =>
        Path.GetFullPath(typeof(TestHome).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!);
}
