using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Organization;
using Microsoft.Data.Sqlite;

namespace IntuneExchangeConnector.Engine.Store;

/// <summary>The servers that a connector knows.</summary>
internal sealed class ServerTable(SqliteConnection connection)
{
    private static readonly string[] s_columns =
    [
        "fqdn_key", "fqdn", "name", "version", "role", "site", "client_access", "mailbox", "edge", "in_use", "last_probe", "failed_since", "failure",
    ];

    public IReadOnlyList<KnownServer> Read()
    {
        using var select = new Statement(connection, "SELECT " + string.Join(", ", s_columns) + " FROM server ORDER BY fqdn_key");
        using var reader = select.Read();
        var row = new Row(reader);
        var servers = new List<KnownServer>();
        while (row.Next())
        {
            row.Text();
            var server = new ExchangeServer { Fqdn = row.Text(), Name = row.Text() } with
            {
                Version = ExchangeVersion.TryParse(row.TextOrNull()),
                Role = row.Text(),
                Site = row.TextOrNull(),
                IsClientAccessServer = row.Flag(),
                IsMailboxServer = row.Flag(),
                IsEdgeServer = row.Flag(),
            };
            servers.Add(new KnownServer { Server = server, InUse = row.Flag(), LastProbe = row.InstantOrNull(), FailedSince = row.InstantOrNull(), Failure = row.TextOrNull() });
        }

        return servers;
    }

    public void Replace(IReadOnlyList<KnownServer> servers)
    {
        using var delete = new Statement(connection, "DELETE FROM server");
        delete.Execute();
        using var insert = new Statement(connection, Statement.Insert("server", s_columns) + " ON CONFLICT (fqdn_key) DO NOTHING");
        foreach (var known in servers)
        {
            var server = known.Server;
            insert.Execute(
                StateText.Key(server.Fqdn), server.Fqdn, server.Name, server.Version?.Number.ToString(), server.Role, server.Site, server.IsClientAccessServer,
                server.IsMailboxServer, server.IsEdgeServer, known.InUse, known.LastProbe, known.FailedSince, known.Failure);
        }
    }
}
