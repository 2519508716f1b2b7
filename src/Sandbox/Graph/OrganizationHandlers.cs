using System;
using System.Text.Json;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

internal static class OrganizationHandlers
{
    private static readonly GraphShape<SandboxWorld> s_shape = new GraphShape<SandboxWorld>("microsoft.graph.organization", isIntune: false)
        .Text("id", world => world.TenantId.ToString())
        .Text("displayName", world => world.DomainName.Split('.')[0])
        .Flag("onPremisesSyncEnabled", _ => true)
        .Instant("onPremisesLastSyncDateTime", world => world.Options.Now.AddMinutes(-17))
        .Add("verifiedDomains", WriteDomains)
        .Add("assignedPlans", WritePlans)
        .Text("mobileDeviceManagementAuthority", _ => "intune", isDefault: false);

    public static Task ListAsync(GraphRequest request) =>
        GraphWriter.WritePageAsync(request, "organization", new GraphPage<SandboxWorld>([request.State.World]), s_shape.Select(request.Query.Select));

    private static void WriteDomains(Utf8JsonWriter writer, in SandboxWorld world)
    {
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

    private static void WritePlans(Utf8JsonWriter writer, in SandboxWorld world)
    {
        writer.WriteStartArray();
        writer.WriteStartObject();
        writer.WriteString("assignedDateTime", world.Options.Now.AddYears(-1).UtcDateTime);
        writer.WriteString("capabilityStatus", "Enabled");
        writer.WriteString("service", "SCO");
        writer.WriteString("servicePlanId", "c1ec4a95-1f05-45b3-a911-aa3fa01094f5");
        writer.WriteEndObject();
        writer.WriteEndArray();
    }
}
