namespace IntuneExchangeConnector.Domain.Configuration;

/// <summary>A device type and model that Exchange has seen: a hint for rules, no inventory, for such rows outlive their devices.</summary>
/// <param name="DeviceType">The type.</param>
/// <param name="DeviceModel">The model; null where the device told none.</param>
public sealed record DeviceClass(string DeviceType, string? DeviceModel);
