using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.Json;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>The tenant's rows of old connectors, and the request for a sync, which is noted and nothing else.</summary>
internal static class ConnectorHandlers
{
    private const string Fragment = "deviceManagement/exchangeConnectors";

    private sealed record Row(GraphExchangeConnector Connector, SandboxWorld World);

    private static readonly GraphShape<Row> s_shape = new GraphShape<Row>("microsoft.graph.deviceManagementExchangeConnector", isIntune: true)
        .Text("id", row => row.Connector.Id)
        .Instant("lastSyncDateTime", row => row.Connector.LastSync)
        .Text("status", row => row.Connector.Status)
        .Text("primarySmtpAddress", row => row.Connector.PrimarySmtpAddress)
        .Text("serverName", row => row.Connector.ServerName ?? row.World.Servers[0].Fqdn)
        .Text("connectorServerName", row => row.Connector.ConnectorServerName ?? "CONNECTOR1." + row.World.DomainName)
        .Text("exchangeConnectorType", row => row.Connector.Type)
        .Text("version", row => row.Connector.Version)
        .Text("exchangeAlias", row => row.Connector.ExchangeAlias ?? row.World.Servers[0].Name)
        .Text("exchangeOrganization", row => row.Connector.ExchangeOrganization ?? row.World.OrganizationDistinguishedName);

    public static Task ListAsync(GraphRequest request)
    {
        Row[] rows = [.. All(request)];
        return GraphWriter.WritePageAsync(request, Fragment, new GraphPage<Row>(rows) { Count = rows.Length }, s_shape.Select(request.Query.Select));
    }

    public static Task GetAsync(GraphRequest request) =>
        GraphWriter.WriteObjectAsync(request, Fragment + "/$entity", Find(request), s_shape.Select(request.Query.Select));

    public static async Task SyncAsync(GraphRequest request)
    {
        Row row = Find(request);
        using JsonDocument body = await request.ReadBodyAsync().ConfigureAwait(false);
        string? type = body.RootElement.ValueKind == JsonValueKind.Object && body.RootElement.TryGetProperty("syncType", out JsonElement named) ? named.ToString() : null;
        if (type is not ("fullSync" or "deltaSync")) throw new GraphProblem(400, "BadRequest", "The parameter 'syncType' is neither 'fullSync' nor 'deltaSync'.", isIntune: true);
        request.Context.Note(new GraphSyncRequest(row.Connector.Id, type, request.Context.Options.Time.GetUtcNow()));
        request.Http.Response.StatusCode = 204;
    }

    private static IEnumerable<Row> All(GraphRequest request)
    {
        SandboxWorld world = request.State.World;
        GraphEndpointOptions options = request.Context.Options;
        IReadOnlyList<GraphExchangeConnector> connectors =
            options.ExchangeConnectors ?? (options.LegacyPolicy is null ? [] : [new GraphExchangeConnector(world.TenantId.ToString("N"))]);
        return connectors.Select(connector => new Row(connector, world));
    }

    private static Row Find(GraphRequest request) =>
        All(request).FirstOrDefault(row => row.Connector.Id.Equals(request.Id, StringComparison.OrdinalIgnoreCase)) ?? throw GraphProblem.NoDevice(request.Id);
}
