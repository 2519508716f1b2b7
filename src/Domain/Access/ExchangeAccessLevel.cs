namespace IntuneExchangeConnector.Domain.Access;

/// <summary>Exchange's access levels (DeviceAccessLevel), from the mildest to the strictest.</summary>
public enum ExchangeAccessLevel
{
    /// <summary>Mail flows.</summary>
    Allow = 0,

    /// <summary>The device connects and waits; its user receives one mail that says so.</summary>
    Quarantine = 1,

    /// <summary>Refused.</summary>
    Block = 2,
}

/// <summary>What a device access rule looks at (DeviceAccessCharacteristic).</summary>
public enum RuleCharacteristic
{
    /// <summary>A characteristic this version cannot evaluate; such a rule never matches here.</summary>
    Unknown = 0,

    /// <summary>Device type.</summary>
    DeviceType = 1,

    /// <summary>Device model.</summary>
    DeviceModel = 2,

    /// <summary>Operating system.</summary>
    DeviceOS = 3,

    /// <summary>User agent.</summary>
    UserAgent = 4,
}
