using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Engine.Store;

public partial interface IStateStore
{
    /// <summary>Reads what is remembered of the tenant.</summary>
    /// <returns>The memory; null where there is none.</returns>
    TenantMemory? ReadTenant();

    /// <summary>Remembers what a believed read saw; only what changed is written where that is known.</summary>
    /// <param name="read">The read.</param>
    void RememberTenant(TenantRead read);

    /// <summary>Forgets the tenant: the next read is a whole one.</summary>
    void ForgetTenant();
}
