using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Exchange.Servers;

namespace IntuneExchangeConnector.Engine.Setup;

/// <summary>
/// Tries a session with every server that could be worked with. The first one that answers tells whether the account is still good; the others follow all at once, so that a
/// dead one costs its own time and nobody else's. A password that is refused is tried nowhere else: that might lock the account.
/// </summary>
internal sealed class ServerProbe
{
    private readonly OpenExchange _open;
    private readonly ConnectorSettings _settings;
    private readonly CommandSecrets _secrets;
    private readonly TimeProvider _time;

    public ServerProbe(OpenExchange open, ConnectorSettings settings, CommandSecrets secrets, TimeProvider time)
    {
        _open = open;
        _settings = settings;
        _secrets = secrets;
        _time = time;
    }

    private readonly record struct Found(string Server, IReadOnlyList<ExchangeServer> Servers, ConnectorException? Failure);

    /// <summary>Tries them.</summary>
    /// <param name="known">What is known so far.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <returns>What is known now, and which server was not tried for which reason.</returns>
    /// <exception cref="ConnectorException">The connector opens no sessions of its own.</exception>
    public async Task<ProbeFindings> RunAsync(IReadOnlyList<KnownServer> known, CancellationToken cancellationToken)
    {
        if (!ServerChoice.CanMove(_settings.Exchange))
        {
            throw new ConnectorException(
                ErrorIds.FailoverNotPossible, ErrorKind.NotSupported, _settings.Name,
                "The connector opens no sessions with servers of its own choice, so there are none to try.",
                "Install it with -ExchangeServer to let it open its own; in sessions of yours it works with those that you pass.");
        }

        IReadOnlyList<KnownServer> latest = known;
        var roster = new ServerRoster(ServerChoice.Of(_settings with { FailoverEnabled = true }), known, servers => latest = servers, _time);
        HashSet<string> tried = new(StringComparer.OrdinalIgnoreCase);
        var answered = false;

        // The first answer may bring servers that nobody knew.
        while (roster.Candidates().Where(server => !tried.Contains(server)).Take(answered ? int.MaxValue : 1).ToArray() is { Length: > 0 } next)
        {
            tried.UnionWith(next);
            var found = await Task.WhenAll(next.Select(server => TryAsync(server, cancellationToken))).ConfigureAwait(false);
            if (found.FirstOrDefault(static one => one.Failure is null && one.Servers is { Count: > 0 }) is { Servers: { } servers }) roster.Learn(servers);
            foreach (var one in found)
            {
                if (one.Failure is null) roster.Heal(one.Server);
                else roster.Fail(one.Server, one.Failure.Message);
            }

            answered |= found.Any(static one => one.Failure is null);
            if (Array.Find(found, static one => one.Failure?.ErrorId == ErrorIds.ExchangeAuthentication) is not { Server: { } refusing }) continue;
            var why = $"Not tried: {refusing} refused to sign in, and trying the same password elsewhere might lock the account.";
            return new(known, latest, roster.Candidates().Where(server => !tried.Contains(server)).ToDictionary(static server => server, _ => why, StringComparer.OrdinalIgnoreCase));
        }

        return new(known, latest, new Dictionary<string, string>());
    }

    private async Task<Found> TryAsync(string server, CancellationToken cancellationToken)
    {
        var settings = _settings with { PreferredServer = server, ExcludedServers = [], FailoverEnabled = false, ParallelCommandsEnabled = false };
        var exchange = _open(new ExchangeWay(settings, _secrets, null, null, null));
        await using (exchange.ConfigureAwait(false))
        {
            try
            {
                return new(server, (await exchange.ConnectAsync(cancellationToken).ConfigureAwait(false)).Servers, null);
            }
            catch (ConnectorException failure)
            {
                return new(server, [], failure);
            }
        }
    }
}
