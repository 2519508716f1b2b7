using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using IntuneExchangeConnector.Engine.Exchange.Reading;

namespace IntuneExchangeConnector.Engine.Exchange;

/// <summary>The organisation's configuration.</summary>
internal sealed partial class ExchangeDirectory
{
    /// <inheritdoc/>
    public Task RequireAsync(ConfigurationNeeds needs, CancellationToken cancellationToken) => needs == ConfigurationNeeds.None
        ? Task.CompletedTask
        : Dispatcher.AskAsync(
            (offered, server) =>
            {
                offered.Require(needs, server);
                return true;
            },
            cancellationToken);

    /// <inheritdoc/>
    public async Task<IReadOnlyList<ExchangeMailboxPolicy>?> ReadPoliciesAsync(CancellationToken cancellationToken)
    {
        if (!await Dispatcher.AskAsync(static (offered, _) => offered.ReadsPolicies, cancellationToken).ConfigureAwait(false)) return null;
        var read = await Dispatcher.ReadAsync(ExchangeCommands.Policies, static (row, _) => ConfigurationReader.ReadPolicy(row), null, cancellationToken).ConfigureAwait(false);
        return Whole(read, read.Sent.Server);
    }

    /// <inheritdoc/>
    public async Task<IReadOnlyList<DeviceClass>?> ReadDeviceClassesAsync(CancellationToken cancellationToken)
    {
        if (!await Dispatcher.AskAsync(static (offered, _) => offered.ReadsDeviceClasses, cancellationToken).ConfigureAwait(false)) return null;
        var read = await Dispatcher.ReadAsync(ExchangeCommands.DeviceClasses, ConfigurationReader.ReadDeviceClass, null, cancellationToken).ConfigureAwait(false);
        return Whole(read, read.Sent.Server);
    }

    /// <inheritdoc/>
    public Task<Guid?> CreateAsync(PlannedChange change, CancellationToken cancellationToken) =>
        Dispatcher.CreateAsync(offered => ExchangeCommands.Write(offered, change, null), change.Target, cancellationToken);
}
