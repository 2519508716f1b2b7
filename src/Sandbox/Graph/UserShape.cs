using System;
using System.Text.Json;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Graph;

internal static class UserShape
{
    private const string IntunePlan = "c1ec4a95-1f05-45b3-a911-aa3fa01094f5";
    private const string ExchangePlan = "efb87545-963c-4e0d-99df-69c6916d9eb0";

    public static GraphShape<UserRow> Shape { get; } = new GraphShape<UserRow>("microsoft.graph.user", isIntune: false)
        .Add("businessPhones", (Utf8JsonWriter writer, in UserRow _) => WriteTexts(writer, []))
        .Text("displayName", Visible(user => user.DisplayName))
        .Nulls(isDefault: true, "givenName", "jobTitle")
        .Text("mail", Visible(user => user.Mail))
        .Nulls(isDefault: true, "mobilePhone", "officeLocation", "preferredLanguage", "surname")
        .Text("userPrincipalName", Visible(user => user.UserPrincipalName))
        .Text("id", row => row.User.Id.ToString())
        .Flag("accountEnabled", row => row.IsHidden ? null : row.User.AccountEnabled, isDefault: false)
        .Add("assignedLicenses", (Utf8JsonWriter writer, in UserRow _) => WriteTexts(writer, []), isDefault: false)
        .Add("assignedPlans", WritePlans, isDefault: false)
        .Text("mailNickname", Visible(user => user.UserPrincipalName.Split('@')[0]), isDefault: false)
        .Text("onPremisesDistinguishedName", Visible(user => user.OnPremisesDistinguishedName), isDefault: false)
        .Text("onPremisesDomainName", Visible(user => user.OnPremisesDomainName), isDefault: false)
        .Text("onPremisesImmutableId", Visible(user => user.OnPremisesImmutableId), isDefault: false)
        .Text("onPremisesSamAccountName", Visible(user => user.OnPremisesSamAccountName), isDefault: false)
        .Text("onPremisesSecurityIdentifier", Visible(user => user.OnPremisesSecurityIdentifier), isDefault: false)
        .Text("onPremisesUserPrincipalName", Visible(user => user.OnPremisesImmutableId is null ? null : user.UserPrincipalName), isDefault: false)
        .Flag("onPremisesSyncEnabled", row => row.IsHidden || row.User.OnPremisesImmutableId is null ? null : true, isDefault: false)
        .Add("proxyAddresses", (Utf8JsonWriter writer, in UserRow row) => WriteTexts(writer, row.IsHidden ? [] : row.User.ProxyAddresses), isDefault: false)
        .Text("userType", Visible(_ => "Member"), isDefault: false)
        .Nulls(isDefault: false, "usageLocation", "department", "companyName", "employeeId");

    private static Func<UserRow, string?> Visible(Func<SandboxUser, string?> value) => row => row.IsHidden ? null : value(row.User);

    /// <summary>A licence that was taken away leaves its plan behind as deleted, or nothing.</summary>
    private static void WritePlans(Utf8JsonWriter writer, in UserRow row)
    {
        writer.WriteStartArray();
        if (!row.IsHidden)
        {
            Span<byte> id = stackalloc byte[16];
            row.User.Id.TryWriteBytes(id);
            WritePlan(writer, "exchange", ExchangePlan, "Enabled");
            if (row.User.HasIntuneLicence) WritePlan(writer, "SCO", IntunePlan, "Enabled");
            else if ((id[0] & 1) == 0) WritePlan(writer, "SCO", IntunePlan, "Deleted");
        }

        writer.WriteEndArray();
    }

    private static void WritePlan(Utf8JsonWriter writer, string service, string plan, string status)
    {
        writer.WriteStartObject();
        writer.WriteString("assignedDateTime", "2025-03-01T09:00:00Z");
        writer.WriteString("capabilityStatus", status);
        writer.WriteString("service", service);
        writer.WriteString("servicePlanId", plan);
        writer.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter writer, System.Collections.Generic.IReadOnlyList<string> texts)
    {
        writer.WriteStartArray();
        for (int i = 0; i < texts.Count; i++) writer.WriteStringValue(texts[i]);
        writer.WriteEndArray();
    }
}
