namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>What an app may ask of one tenant before it has to wait. The figures are the published ones.</summary>
public sealed record GraphRateLimits
{
    /// <summary>Requests about managed devices in 20 seconds.</summary>
    public int Devices { get; init; } = 2000;

    /// <summary>Requests about the old connector and its policy in 20 seconds.</summary>
    public int Enrolment { get; init; } = 1000;

    /// <summary>Of these, the ones that change something.</summary>
    public int EnrolmentWrites { get; init; } = 100;

    /// <summary>Units of the directory in 10 seconds; null takes what a tenant with so many users has.</summary>
    public int? IdentityUnits { get; init; }

    internal int IdentityUnitsFor(int users) => IdentityUnits ?? users switch { < 50 => 3500, <= 500 => 5000, _ => 8000 };
}
