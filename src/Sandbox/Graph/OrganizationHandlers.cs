using System;
using System.Text.Json;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

internal static class OrganizationHandlers
{
    private const string IntunePlan = "c1ec4a95-1f05-45b3-a911-aa3fa01094f5";

    private static readonly GraphShape<Row> s_shape = new GraphShape<Row>("microsoft.graph.organization", isIntune: false)
        .Text("id", row => row.World.TenantId.ToString())
        .Text("displayName", row => row.World.DomainName.Split('.')[0])
        .Flag("onPremisesSyncEnabled", row => row.Organization.IsSynchronised)
        .Instant("onPremisesLastSyncDateTime", row => row.Organization.IsSynchronised is null ? null : row.Now - row.Organization.SyncAge)
        .Add("verifiedDomains", WriteDomains)
        .Add("assignedPlans", WritePlans)
        .Text("mobileDeviceManagementAuthority", row => row.Organization.MdmAuthority, isDefault: false);

    private static readonly GraphShape<GraphSubscription> s_subscription =
        new GraphShape<GraphSubscription>("microsoft.graph.subscribedSku", isIntune: false)
            .Text("skuPartNumber", row => row.Part)
            .Text("capabilityStatus", row => row.Capability)
            .Add("consumedUnits", static (Utf8JsonWriter writer, in GraphSubscription row) => writer.WriteNumberValue(row.Consumed))
            .Add("prepaidUnits", WriteUnits)
            .Add("servicePlans", WriteServicePlans);

    /// <summary>The tenant at an instant.</summary>
    private sealed record Row(SandboxWorld World, GraphOrganization Organization, DateTimeOffset Now);

    public static Task ListAsync(GraphRequest request)
    {
        GraphEndpointOptions options = request.Context.Options;
        Row row = new(request.State.World, options.Organization, options.Time.GetUtcNow());
        return GraphWriter.WritePageAsync(request, "organization", new GraphPage<Row>([row]), s_shape.Select(request.Query.Select));
    }

    public static Task ListSubscriptionsAsync(GraphRequest request) => GraphWriter.WritePageAsync(
        request,
        "subscribedSkus",
        new GraphPage<GraphSubscription>([.. request.Context.Options.Organization.Subscriptions]),
        s_subscription.Select(request.Query.Select));

    private static void WriteUnits(Utf8JsonWriter writer, in GraphSubscription row)
    {
        writer.WriteStartObject();
        writer.WriteNumber("enabled", row.Enabled);
        writer.WriteNumber("suspended", 0);
        writer.WriteNumber("warning", 0);
        writer.WriteEndObject();
    }

    private static void WriteServicePlans(Utf8JsonWriter writer, in GraphSubscription row)
    {
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString("servicePlanId", row.HasIntune ? IntunePlan : "9aaf7827-d63c-4b61-89c3-182f06f82e5c");
        writer.WriteString("servicePlanName", row.HasIntune ? "INTUNE_A" : "EXCHANGE_S_STANDARD");
        writer.WriteString("provisioningStatus", "Success");
        writer.WriteString("appliesTo", "User");
        writer.WriteEndObject();
        writer.WriteEndArray();
    }

    private static void WriteDomains(Utf8JsonWriter writer, in Row row)
    {
        SandboxWorld world = row.World;
        writer.WriteStartArray();
        WriteDomain(writer, world.DomainName, isInitial: false);
        WriteDomain(writer, world.DomainName.Split('.')[0] + ".onmicrosoft.com", isInitial: true);
        writer.WriteEndArray();
    }

    private static void WriteDomain(Utf8JsonWriter writer, string name, bool isInitial)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteBoolean("isDefault", !isInitial);
        writer.WriteBoolean("isInitial", isInitial);
        writer.WriteEndObject();
    }

    private static void WritePlans(Utf8JsonWriter writer, in Row row)
    {
        SandboxWorld world = row.World;
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString("assignedDateTime", world.Options.Now.AddYears(-1).UtcDateTime);
        writer.WriteString("capabilityStatus", "Enabled");
        writer.WriteString("service", "SCO");
        writer.WriteString("servicePlanId", IntunePlan);
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}
