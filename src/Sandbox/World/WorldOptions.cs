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

    /// <summary>Share of ordinary phones that a managed device stands behind, 0 to 1.</summary>
    public double EnrolledShare { get; init; } = 0.86;

    /// <summary>Share of the managed devices that are not compliant, 0 to 1.</summary>
    public double NonCompliantShare { get; init; } = 0.04;

    /// <summary>Share of the mailboxes with an entry that an administrator wrote, 0 to 1.</summary>
    public double AdministratorEntryShare { get; init; } = 0.01;

    /// <summary>Share of the users without an Intune licence, 0 to 1.</summary>
    public double UnlicensedShare { get; init; } = 0.03;

    /// <summary>Share of the users whose primary SMTP address is not their UPN, 0 to 1.</summary>
    public double DifferentUpnShare { get; init; } = 0.12;
}
