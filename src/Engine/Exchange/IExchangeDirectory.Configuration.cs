using System;
using System.Collections.Generic;
using System.Threading;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Planning;

namespace IntuneExchangeConnector.Engine.Exchange;

/// <summary>What a run needs of a session beside the lists of mailboxes and the default level. Who looks after nothing needs nothing.</summary>
[Flags]
public enum ConfigurationNeeds
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Device access rules are created, changed and removed.</summary>
    Rules = 1,

    /// <summary>EAS mailbox policies are read, created, changed and removed.</summary>
    Policies = 2,

    /// <summary>EAS mailbox policies are assigned.</summary>
    Assignments = 4,

    /// <summary>Texts and recipients of the organisation's EAS settings are written.</summary>
    Organization = 8,
}

/// <summary>The organisation's configuration: what may be looked after beside the lists of mailboxes and the default level.</summary>
public partial interface IExchangeDirectory
{
    /// <summary>Checks that the session offers what the wanted configuration takes.</summary>
    /// <param name="needs">What is needed.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <returns>Completes when everything is there; otherwise a failure names what is missing and the role that gives it.</returns>
    Task RequireAsync(ConfigurationNeeds needs, CancellationToken cancellationToken);

    /// <summary>Reads the EAS mailbox policies.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The policies; null where the session offers no cmdlet for it.</returns>
    Task<IReadOnlyList<ExchangeMailboxPolicy>?> ReadPoliciesAsync(CancellationToken cancellationToken);

    /// <summary>Reads the device types and models that Exchange ever saw.</summary>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>The types and models; null where the session offers no cmdlet for it.</returns>
    Task<IReadOnlyList<DeviceClass>?> ReadDeviceClassesAsync(CancellationToken cancellationToken);

    /// <summary>Creates a rule or a mailbox policy with one command.</summary>
    /// <param name="change">The change; its kind is <see cref="ObjectAction.Create"/>.</param>
    /// <param name="cancellationToken">Ends the wait; the object itself may still come to be.</param>
    /// <returns>The new object's Guid; null where the server did not tell it.</returns>
    Task<Guid?> CreateAsync(PlannedChange change, CancellationToken cancellationToken);
}
