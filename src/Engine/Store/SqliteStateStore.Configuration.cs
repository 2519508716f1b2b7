using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Configuration;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>The organisation's configuration.</summary>
public sealed partial class SqliteStateStore
{
    private ConfigurationTable Configuration => new(_connection);

    /// <inheritdoc/>
    public IReadOnlyList<OwnedObject> ReadOwned() => Read(() => Configuration.ReadOwned());

    /// <inheritdoc/>
    public void Forget(IReadOnlyList<OwnedObject> gone)
    {
        if (gone.Count == 0) return;
        Write(() =>
        {
            foreach (var owned in gone) Configuration.Forget(owned);
        });
    }

    /// <inheritdoc/>
    public StoredConfiguration? ReadConfiguration() => Read(() => Configuration.Read());

    /// <inheritdoc/>
    public IReadOnlyList<string> ReadQueryStrings(RuleCharacteristic characteristic) => Read(() => Configuration.ReadQueryStrings(characteristic));
}
