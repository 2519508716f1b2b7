using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Policy;

namespace IntuneExchangeConnector.Domain.Settings;

/// <summary>What a connector is configured to do. It holds no secret.</summary>
public sealed record ConnectorSettings
{
    /// <summary>Name of the first connector where none is given.</summary>
    public const string DefaultName = "Default";

    /// <summary>Sessions that work at once where nothing else is said. Exchange gives an account 18; the others are left to people.</summary>
    public const int DefaultMaximumSessions = 8;

    /// <summary>The connector's name.</summary>
    public required string Name { get; init; }

    /// <summary>Where Exchange is and how it is reached.</summary>
    public required ExchangeSettings Exchange { get; init; }

    /// <summary>The tenant and who signs in to it.</summary>
    public required TenantSettings Tenant { get; init; }

    /// <summary>Distinguished name of the organisation container: the organisation's identity.</summary>
    public required string Organization { get; init; }

    /// <summary>The access policy.</summary>
    public AccessPolicy Policy { get; init; } = new();

    /// <summary>What is looked after in the organisation's configuration beside the default level.</summary>
    public WantedConfiguration Wanted { get; init; } = WantedConfiguration.Nothing;

    /// <summary>On: another server takes over when the one in use fails (<c>IsCasFailoverEnabled</c>).</summary>
    public bool FailoverEnabled { get; init; } = true;

    /// <summary>On: commands run over several sessions at once (<c>EnableParallelCommandSupport</c>).</summary>
    public bool ParallelCommandsEnabled { get; init; }

    /// <summary>The server that is tried first and returned to, by its fully qualified name; null for the one that the connector was installed with.</summary>
    public string? PreferredServer { get; init; }

    /// <summary>Fully qualified names of servers that are never tried.</summary>
    public IReadOnlyList<string> ExcludedServers { get; init; } = [];

    /// <summary>How many sessions may work at once, at most, where commands run in parallel; 1 to 64.</summary>
    public int MaximumSessions { get; init; } = DefaultMaximumSessions;

    /// <summary>Address of Exchange Web Services; null means Autodiscover (<c>ExchangeWebServiceURL</c>).</summary>
    public Uri? ExchangeWebServiceUrl { get; init; }

    /// <summary>SMTP address of the mailbox that sends notices; null for none.</summary>
    public string? NotificationMailbox { get; init; }

    /// <summary>On: after a successful run Intune is asked, once, to start a sync of the Exchange connector that it still lists for the organisation.</summary>
    public bool RequestIntuneSync { get; init; }

    /// <summary>When the connector was installed, UTC.</summary>
    public DateTimeOffset InstalledAt { get; init; }
}
