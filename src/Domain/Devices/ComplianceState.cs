namespace IntuneExchangeConnector.Domain.Devices;

/// <summary>Compliance as Graph gives it (<c>managedDevice.complianceState</c>). Trusted as given.</summary>
public enum ComplianceState
{
    /// <summary>No compliance policy reached the device, or Graph used a word this version does not know.</summary>
    Unknown = 0,

    /// <summary>Every policy is met.</summary>
    Compliant = 1,

    /// <summary>A policy is not met.</summary>
    NonCompliant = 2,

    /// <summary>Policies contradict each other.</summary>
    Conflict = 3,

    /// <summary>Evaluation failed.</summary>
    Error = 4,

    /// <summary>Not met, but still within the grace that the policy grants: counts as compliant.</summary>
    InGracePeriod = 254,

    /// <summary>Configuration Manager evaluates it.</summary>
    ConfigManager = 255,
}
