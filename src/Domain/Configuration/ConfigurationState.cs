namespace IntuneExchangeConnector.Domain.Configuration;

/// <summary>Where a rule or mailbox policy stands between Exchange and what is wanted.</summary>
public enum ConfigurationState
{
    /// <summary>Nobody asked the connector to look after it; it is never touched.</summary>
    Administrator = 0,

    /// <summary>As wanted.</summary>
    InPlace = 1,

    /// <summary>The next full sync creates it.</summary>
    ToCreate = 2,

    /// <summary>The next full sync changes it.</summary>
    ToChange = 3,

    /// <summary>The next full sync removes it: the connector created it and it is wanted no more.</summary>
    ToRemove = 4,
}

/// <summary>Who made an object.</summary>
public enum ConfigurationOwner
{
    /// <summary>An administrator; when it is wanted no more, it stays.</summary>
    Administrator = 0,

    /// <summary>The connector, or it is about to; when it is wanted no more, it goes.</summary>
    Connector = 1,
}
