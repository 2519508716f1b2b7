using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using System.Text.Json;
using System.Threading.Tasks;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>What the tenant still holds of the connector that was. Whether a tenant without one answers so is not known.</summary>
internal static class LegacyHandlers
{
    private const string Policies = "deviceManagement/exchangeOnPremisesPolicies";
    private const string PolicyId = "c7d1f2b8-4e6a-4d3c-9b5f-7a8e9d0c1b2a";

    private sealed record PolicyRow(GraphLegacyPolicy Policy, IReadOnlyList<Guid> Included, IReadOnlyList<Guid> Excluded);

    private static readonly GraphShape<PolicyRow> s_conditionalAccess = new GraphShape<PolicyRow>("microsoft.graph.onPremisesConditionalAccessSettings", isIntune: true)
        .Text("id", _ => "a2e5a0c4-9d2b-4c1f-8e36-3b0d54a9f6c1")
        .Flag("enabled", row => row.Policy.Enabled)
        .Add("includedGroups", (Utf8JsonWriter writer, in PolicyRow row) => WriteIds(writer, row.Included))
        .Add("excludedGroups", (Utf8JsonWriter writer, in PolicyRow row) => WriteIds(writer, row.Excluded))
        .Flag("overrideDefaultRule", row => row.Policy.OverrideDefaultRule);

    private static readonly GraphShape<PolicyRow> s_policy = new GraphShape<PolicyRow>("microsoft.graph.deviceManagementExchangeOnPremisesPolicy", isIntune: true)
        .Text("id", _ => PolicyId)
        .Text("notificationContent", row => row.Policy.NotificationContent is { } html ? Convert.ToBase64String(Encoding.UTF8.GetBytes(html)) : null)
        .Text("defaultAccessLevel", row => row.Policy.DefaultAccessLevel)
        .Add("accessRules", WriteRules)
        .Add("knownDeviceClasses", WriteClasses);

    public static Task GetConditionalAccessAsync(GraphRequest request) =>
        WriteAsync(request, "deviceManagement/conditionalAccessSettings", s_conditionalAccess);

    public static Task GetPolicyAsync(GraphRequest request) =>
        WriteAsync(request, "deviceManagement/exchangeOnPremisesPolicy", s_policy);

    public static Task ListPoliciesAsync(GraphRequest request)
    {
        PolicyRow[] rows = request.Context.Options.LegacyPolicy is null ? [] : [Row(request)];
        return GraphWriter.WritePageAsync(request, Policies, new GraphPage<PolicyRow>(rows), s_policy.Select(request.Query.Select));
    }

    public static Task GetPolicyByIdAsync(GraphRequest request) =>
        request.Id.Equals(PolicyId, StringComparison.OrdinalIgnoreCase) ? WriteAsync(request, Policies, s_policy) : throw GraphProblem.NoDevice(request.Id);

    private static Task WriteAsync(GraphRequest request, string fragment, GraphShape<PolicyRow> shape)
    {
        IReadOnlyList<GraphProperty<PolicyRow>> properties = shape.Select(request.Query.Select);
        bool isWrapped = request.Context.Options.LegacyAnswer == GraphLegacyAnswer.Wrapped;
        return GraphWriter.WriteObjectAsync(request, fragment + "/$entity", Row(request), properties, isWrapped);
    }

    private static PolicyRow Row(GraphRequest request)
    {
        switch (request.Context.Options.LegacyAnswer)
        {
            case GraphLegacyAnswer.NotFound: throw GraphProblem.NoDevice(request.Rule.Pattern);
            case GraphLegacyAnswer.BadRequest: throw GraphProblem.OfStatus(400, null, isIntune: true);
        }

        GraphLegacyPolicy policy = request.Context.Options.LegacyPolicy ?? throw GraphProblem.NoDevice(request.Rule.Pattern);
        return request.State.Read(world => new PolicyRow(policy, policy.IncludedGroups ?? Group(world, WorldNames.TargetGroup), policy.ExcludedGroups ?? Group(world, WorldNames.ExemptGroup)));
    }

    private static Guid[] Group(SandboxWorld world, string name) => [.. world.Groups.Where(group => group.DisplayName == name && !group.IsDeleted).Select(group => group.Id)];

    private static void WriteIds(Utf8JsonWriter writer, IReadOnlyList<Guid> ids)
    {
        writer.WriteStartArray();
        foreach (Guid id in ids) writer.WriteStringValue(id);
        writer.WriteEndArray();
    }

    private static void WriteRules(Utf8JsonWriter writer, in PolicyRow row)
    {
        writer.WriteStartArray();
        foreach ((string name, string type, string level) in row.Policy.AccessRules)
        {
            writer.WriteStartObject();
            writer.WritePropertyName("deviceClass");
            WriteClass(writer, name, type);
            writer.WriteString("accessLevel", level);
            writer.WriteEndObject();
        }

        writer.WriteEndArray();
    }

    private static void WriteClasses(Utf8JsonWriter writer, in PolicyRow row)
    {
        writer.WriteStartArray();
        foreach ((string name, string type, _) in row.Policy.AccessRules) WriteClass(writer, name, type);
        writer.WriteEndArray();
    }

    private static void WriteClass(Utf8JsonWriter writer, string name, string type)
    {
        writer.WriteStartObject();
        writer.WriteString("name", name);
        writer.WriteString("type", type);
        writer.WriteEndObject();
    }
}
