using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using IntuneExchangeConnector.Sandbox.Exchange.Commands;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Organization;

/// <summary>The organisation as one server's cmdlets see it: objects by identity, their names, and one place for every change.</summary>
internal sealed class ExchangeDirectory
{
    private readonly WorldState _state;
    private readonly MailboxIndex _mailboxes;
    private readonly DeviceIndex _devices;

    /// <param name="state">The organisation as one domain controller knows it.</param>
    /// <param name="server">Short name of the server that the session runs on; null for the organisation's first.</param>
    public ExchangeDirectory(WorldState state, string? server)
    {
        _state = state;
        Names = new ExchangeNames(state.World);
        Server = state.World.Servers.Find(s => s.Name.Equals(server, StringComparison.OrdinalIgnoreCase)) ?? state.World.Servers[0];
        DomainController = DomainControllerOf(Server);
        _mailboxes = new MailboxIndex(state.World, Names);
        _devices = new DeviceIndex(state, _mailboxes);
    }

    public SandboxWorld World => _state.World;

    /// <summary>What role-based access control limits the session to.</summary>
    public ExchangeOptions Scope { get; set; } = new();

    public ExchangeNames Names { get; }

    /// <summary>The server that the session runs on.</summary>
    public SandboxServer Server { get; }

    public string ServerName => Server.Name;

    /// <summary>The domain controller that answers the command in hand.</summary>
    public string DomainController { get; set; }

    /// <summary>Number of the command in hand over the organisation, where directories replicate late; 0 where they do not.</summary>
    public long Command { get; set; }

    /// <summary>Each server works with a domain controller of its own: EX1 with dc1.contoso.com, EX2 with dc2.contoso.com.</summary>
    public string DomainControllerOf(SandboxServer server) => string.Create(
        CultureInfo.InvariantCulture,
        $"dc{World.Servers.IndexOf(server) + 1}.{World.DomainName}");

    /// <exception cref="ExchangeCommandException">The domain has no such controller.</exception>
    public string RequireDomainController(string name) =>
        World.Servers.Select(DomainControllerOf).FirstOrDefault(dc => dc.Equals(name, StringComparison.OrdinalIgnoreCase) || dc.StartsWith(name + ".", StringComparison.OrdinalIgnoreCase))
        ?? throw ExchangeErrors.NoDomainController(name);

    public bool Refresh() => _state.Refresh();

    public SandboxMailbox OwnerOf(SandboxPartnership device) => World.Mailboxes[device.MailboxIndex];

    /// <summary>Whether the session's user may see a mailbox and its devices at all.</summary>
    public bool Sees(SandboxMailbox mailbox) => Scope.SelfScope is not { Length: > 0 } self || (_mailboxes.Find(self) is >= 0 and int own && World.Mailboxes[own] == mailbox);

    /// <exception cref="ExchangeCommandException">No mailbox has the identity, or several have.</exception>
    public int MailboxIndex(string identity) => _mailboxes.Find(identity) switch
    {
        >= 0 and int index when !Sees(World.Mailboxes[index]) => throw ExchangeErrors.NotFound(identity, DomainController),
        -1 => throw ExchangeErrors.NotFound(identity, DomainController),
        < 0 => throw ExchangeErrors.Ambiguous(identity, DomainController),
        int index => index,
    };

    /// <exception cref="ExchangeCommandException">No device has the identity, or several have.</exception>
    public SandboxPartnership Device(string identity) => Only(_devices.Find(identity).Where(d => Sees(OwnerOf(d))), identity);

    /// <exception cref="ExchangeCommandException">No rule has the identity.</exception>
    public SandboxAccessRule Rule(string identity) => Only(
        World.AccessRules.Where(r => IsNamed(identity, r.Guid, ExchangeNames.Rule(r), Names.RuleDistinguishedName(r))),
        identity);

    /// <exception cref="ExchangeCommandException">No mailbox policy has the identity.</exception>
    public SandboxMailboxPolicy Policy(string identity) => Only(
        World.MailboxPolicies.Where(p => IsNamed(identity, p.Guid, p.Name, Names.PolicyDistinguishedName(p.Name))),
        identity);

    /// <exception cref="ExchangeCommandException">No server has the identity.</exception>
    public SandboxServer ServerOf(string identity) => Only(
        World.Servers.Where(s => IsNamed(identity, s.Guid, s.Name, Names.ServerDistinguishedName(s.Name))
            || identity.Equals(s.Fqdn, StringComparison.OrdinalIgnoreCase)
            || identity.Equals(Names.ServerLegacyName(s.Name), StringComparison.OrdinalIgnoreCase)),
        identity);

    /// <summary>The policy in force for a mailbox: the assigned one, or the default where none is assigned or the assigned one is gone.</summary>
    public SandboxMailboxPolicy? PolicyOf(SandboxMailbox mailbox) =>
        World.MailboxPolicies.Find(p => p.Name.Equals(mailbox.MailboxPolicy, StringComparison.OrdinalIgnoreCase))
        ?? World.MailboxPolicies.Find(p => p.IsDefault);

    /// <summary>Changes the organisation with every other session shut out. The instant is the world's own: each change is a moment later than the one before.</summary>
    public void Change(Func<SandboxWorld, DateTimeOffset, IEnumerable<WorldMutation>> decide) =>
        _state.Change(world => decide(world, world.Options.Now + TimeSpan.FromMilliseconds(_state.Version + 1))
            .Select(m => Command == 0 ? m : m with { DomainController = DomainController, Command = Command }));

    /// <summary>Refuses a command that this server would have to hand over to a newer one, where handing over does not work.</summary>
    /// <exception cref="ExchangeCommandException">The mailbox lives on a newer server.</exception>
    public void RequireServedHere(SandboxMailbox mailbox, string command)
    {
        if (Scope.FailProxying && World.Servers.Find(s => s.Name == mailbox.ServerName) is { } home && home.Version > Server.Version)
            throw ExchangeErrors.NotProxied(command, mailbox.Identity, home);
    }

    /// <exception cref="ExchangeCommandException">The mailbox lies outside what the session's user may change.</exception>
    public void RequireWritable(SandboxMailbox mailbox)
    {
        if (Scope.WriteScope is { Length: > 0 } unit && !OrganizationalUnit.Holds(unit, mailbox))
            throw ExchangeErrors.OutOfWriteScope(mailbox);
    }

    private T Only<T>(IEnumerable<T> found, string identity)
    {
        T[] objects = [.. found.Take(2)];
        return objects.Length switch
        {
            0 => throw ExchangeErrors.NotFound(identity, DomainController),
            1 => objects[0],
            _ => throw ExchangeErrors.Ambiguous(identity, DomainController),
        };
    }

    private static bool IsNamed(string identity, Guid guid, string name, string distinguishedName) =>
        identity.Equals(name, StringComparison.OrdinalIgnoreCase)
        || identity.Equals(distinguishedName, StringComparison.OrdinalIgnoreCase)
        || (Guid.TryParse(identity, out Guid asked) && asked == guid);
}
