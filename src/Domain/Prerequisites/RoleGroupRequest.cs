namespace IntuneExchangeConnector.Domain.Prerequisites;

/// <summary>The role group that is asked for.</summary>
public sealed record RoleGroupRequest
{
    /// <summary>Name of the role group where none is given.</summary>
    public const string DefaultName = "Intune Exchange Connector";

    /// <summary>Whose session is compared with it; without settings and without an installed connector, none is.</summary>
    public required PrerequisiteRequest Connector { get; init; }

    /// <summary>Name of the role group; the roles' names begin with it.</summary>
    public string RoleGroup { get; init; } = DefaultName;
}
