using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Intune;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

internal static class WholeTenant
{
    /// <summary>Reads the tenant whole, remembering nothing.</summary>
    public static async Task<TenantSnapshot> ReadAsync(this IManagedDeviceSource source, AccessPolicy policy, ISyncConsole console, CancellationToken cancellationToken) =>
        (await source.ReadAsync(policy, null, console, cancellationToken)).Tenant;
}
