using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Engine.Store;

public sealed partial class SqliteStateStore
{
    /// <inheritdoc/>
    public TenantMemory? ReadTenant() => Read(new TenantTable(_connection).Read);

    /// <inheritdoc/>
    public void RememberTenant(TenantRead read) => Write(() => new TenantTable(_connection).Write(read));

    /// <inheritdoc/>
    public void ForgetTenant() => Write(new TenantTable(_connection).Forget);
}
