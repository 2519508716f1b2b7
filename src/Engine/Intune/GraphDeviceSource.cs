using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Intune.Reading;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>The tenant behind Microsoft Graph.</summary>
internal sealed partial class GraphDeviceSource : IManagedDeviceSource
{
    private readonly GraphHttp _http;
    private readonly ITokenSource _tokens;
    private readonly GraphClient _client;
    private readonly GraphAddresses _addresses;
    private readonly AccessPolicy? _probedPolicy;
    private readonly string _tenantId;
    private readonly TimeProvider _time;

    /// <summary>Creates a source that owns what sends and where tokens come from.</summary>
    /// <param name="http">What sends.</param>
    /// <param name="tokens">Where tokens come from.</param>
    /// <param name="client">Sends requests.</param>
    /// <param name="addresses">Makes requests.</param>
    /// <param name="probedPolicy">The policy whose groups are proven when connecting; null for none.</param>
    /// <param name="tenantId">The tenant's id or domain.</param>
    /// <param name="time">The clock.</param>
    public GraphDeviceSource(GraphHttp http, ITokenSource tokens, GraphClient client, GraphAddresses addresses, AccessPolicy? probedPolicy, string tenantId, TimeProvider time)
    {
        _tenantId = tenantId;
        _time = time;
        _http = http;
        _tokens = tokens;
        _client = client;
        _addresses = addresses;
        _probedPolicy = probedPolicy;
    }

    /// <inheritdoc/>
    public int RequestsSent => _http.RequestsSent;

    /// <inheritdoc/>
    public async Task ConnectAsync(CancellationToken cancellationToken)
    {
        await ProbeAsync(_addresses.ManagedDevices(top: 1), cancellationToken).ConfigureAwait(false);
        await ProbeAsync(_addresses.Users(top: 1), cancellationToken).ConfigureAwait(false);
        if (_probedPolicy is null) return;
        foreach (var group in new PolicyGroups(_probedPolicy).All)
        {
            await ProbeAsync(_addresses.Members(group, top: 1), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <inheritdoc/>
    public Task SignInAsync(CancellationToken cancellationToken) => _client.SignInAsync(cancellationToken);

    /// <inheritdoc/>
    public Task<TenantRead> ReadAsync(AccessPolicy policy, TenantMemory? known, ISyncConsole console, CancellationToken cancellationToken)
    {
        var now = _time.GetUtcNow();
        var reading = new GraphReading(_client, _addresses, console, _time);
        var mark = Mark(policy);
        if (known is null) return new WholeRead(reading, policy, mark).ReadAsync(now, cancellationToken);
        if (known.Checkpoint.Mark == mark && known.Checkpoint.IsAlive(now)) return new ChangesRead(reading, policy, known).ReadAsync(now, cancellationToken);
        console.Verbose(known.Checkpoint.Mark == mark
            ? "The tenant was read for the last time more than a week ago; Graph keeps changes for a week only, so it is read whole."
            : "Another tenant or other licence plans are read than last time, so the tenant is read whole.");
        return new WholeRead(reading, policy, mark).ReadAsync(now, cancellationToken);
    }

    /// <inheritdoc/>
    public Task<TenantRead> ConfirmAsync(
        AccessPolicy policy, TenantRead read, IReadOnlyCollection<Guid> users, IReadOnlyCollection<string> devices, ISyncConsole console, CancellationToken cancellationToken) =>
        new Confirmation(new GraphReading(_client, _addresses, console, _time), policy, read).ReadAsync(users, devices, cancellationToken);

    /// <inheritdoc/>
    public void Dispose()
    {
        _tokens.Dispose();
        _http.Dispose();
    }

    // What is remembered of one tenant must not be taken for another's, nor a licence by one plan for one by another.
    private string Mark(AccessPolicy policy) =>
        string.Join(" ", policy.LicencePlans.OrderBy(static plan => plan).Select(static plan => plan.ToString("D")).Prepend(_tenantId).Prepend(_addresses.Root.AbsoluteUri));

    private Task<GraphPage<TenantMember>> ProbeAsync(GraphRequest request, CancellationToken cancellationToken) =>
        _client.GetAsync(request, static body => GraphPageReader<TenantMember>.ReadAsync(body, static _ => null), cancellationToken);
}
