namespace IntuneExchangeConnector.Engine.Intune;

internal sealed partial class GraphAddresses
{
    /// <summary>Lets the tenant's own settings and licences be read; only a check of prerequisites asks for them.</summary>
    public const string OrganizationPermission = "Organization.Read.All";

    /// <summary>Groups, for a policy that names none yet.</summary>
    public GraphRequest Groups(int top) => new()
    {
        Address = Of($"groups?$select=id", top),
        Subject = "groups",
        Permission = GroupPermission,
    };

    /// <summary>The tenant itself.</summary>
    public GraphRequest Organization() => new()
    {
        Address = new(root, "organization?$select=id,displayName,mobileDeviceManagementAuthority,onPremisesSyncEnabled,onPremisesLastSyncDateTime"),
        Subject = "settings of the tenant",
        Permission = OrganizationPermission,
    };

    /// <summary>What the tenant has bought.</summary>
    public GraphRequest Subscriptions() => new()
    {
        Address = new(root, "subscribedSkus?$select=skuPartNumber,capabilityStatus,consumedUnits,prepaidUnits,servicePlans"),
        Subject = "subscriptions of the tenant",
        Permission = OrganizationPermission,
    };

    /// <summary>Graph itself, which answers whoever asks.</summary>
    public System.Uri Root => root;
}
