using System;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>What a world is generated from. Everything is data, so that a test can write one line and get the same organisation again.</summary>
public sealed record WorldOptions
{
    public int Seed { get; init; } = 1;

    /// <summary>Number of EAS partnerships, 10 to 1,000,000.</summary>
    public int Partnerships { get; init; } = 1_000;

    /// <summary>The instant that the world's times are relative to.</summary>
    public DateTimeOffset Now { get; init; } = new(2026, 11, 2, 8, 0, 0, TimeSpan.Zero);

    public string DomainName { get; init; } = "contoso.com";

    /// <summary>Exchange's default access level at the start: Allow, Block or Quarantine.</summary>
    public string DefaultAccessLevel { get; init; } = "Allow";

    /// <summary>Share of the iOS and Android partnerships of people (not of the Outlook service) that a managed device stands behind, 0 to 1.</summary>
    public double EnrolledShare { get; init; } = 0.86;

    /// <summary>Share of the managed devices whose state is noncompliant, conflict or error, 0 to 1.</summary>
    public double NonCompliantShare { get; init; } = 0.04;

    /// <summary>Share of the mailboxes with an entry that an administrator wrote, 0 to 1.</summary>
    public double AdministratorEntryShare { get; init; } = 0.01;

    /// <summary>Share of the users without an Intune licence, 0 to 1.</summary>
    public double UnlicensedShare { get; init; } = 0.03;

    /// <summary>Share of the users whose primary SMTP address is not their UPN, 0 to 1.</summary>
    public double DifferentUpnShare { get; init; } = 0.12;

    /// <summary>Adds a pair of 2013 servers, one with the Client Access role alone and one with the Mailbox role alone.</summary>
    public bool HasExchange2013 { get; init; }

    /// <summary>Adds a 2010 SP3 server with all roles.</summary>
    public bool HasExchange2010 { get; init; }

    /// <summary>Adds an Edge Transport server, which the organisation lists and nobody can connect to.</summary>
    public bool HasEdgeServer { get; init; }

    /// <summary>Adds a few mailboxes, devices, rules and groups whose texts try to break what reads them.</summary>
    public bool HostileText { get; init; }

    /// <summary>Throws <see cref="ArgumentOutOfRangeException"/> for what no world can be made of.</summary>
    public void Validate()
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(Partnerships, 10);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(Partnerships, 1_000_000);
        ArgumentException.ThrowIfNullOrWhiteSpace(DomainName);
        ThrowIfNoShare(EnrolledShare, nameof(EnrolledShare));
        ThrowIfNoShare(NonCompliantShare, nameof(NonCompliantShare));
        ThrowIfNoShare(AdministratorEntryShare, nameof(AdministratorEntryShare));
        ThrowIfNoShare(UnlicensedShare, nameof(UnlicensedShare));
        ThrowIfNoShare(DifferentUpnShare, nameof(DifferentUpnShare));
        if (DefaultAccessLevel is not ("Allow" or "Block" or "Quarantine"))
            throw new ArgumentOutOfRangeException(nameof(DefaultAccessLevel), DefaultAccessLevel, "Allow, Block or Quarantine.");
    }

    private static void ThrowIfNoShare(double value, string name)
    {
        if (value is not (>= 0 and <= 1)) throw new ArgumentOutOfRangeException(name, value, "A share lies between 0 and 1.");
    }
}
