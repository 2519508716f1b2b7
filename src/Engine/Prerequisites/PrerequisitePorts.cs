using System;
using IntuneExchangeConnector.Engine.Prerequisites.Computer;
using IntuneExchangeConnector.Engine.Prerequisites.Network;

namespace IntuneExchangeConnector.Engine.Prerequisites;

/// <summary>What a check of prerequisites looks at beside Exchange and the tenant.</summary>
/// <param name="Host">The computer.</param>
/// <param name="Registry">Its registry; asked on Windows alone.</param>
/// <param name="Network">The network.</param>
internal sealed record PrerequisitePorts(IHostFacts Host, IRegistry Registry, INetworkProbe Network)
{
    /// <summary>This computer and its network.</summary>
    /// <param name="time">The clock.</param>
    /// <returns>The ports.</returns>
    public static PrerequisitePorts OfThisComputer(TimeProvider time) => new(new HostFacts(), new WindowsRegistry(), new NetworkProbe(time));
}
