using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Organization;

/// <summary>
/// The organisation as the domain controllers know it. Where changes replicate at once all of them share the view of the session's own controller; where they replicate
/// late, each that a command asks for has a world of its own.
/// </summary>
internal sealed class DirectoryViews
{
    private readonly string _stateFolder;
    private readonly string? _server;
    private readonly CommandCounter _commands;
    private readonly Dictionary<string, ExchangeDirectory> _late = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _own;
    private readonly ExchangeDirectory _first;
    private string? _preferred;
    private int _replication;
    private long _command;

    public DirectoryViews(string stateFolder, string? server, ExchangeOptions options)
    {
        _stateFolder = stateFolder;
        _server = server;
        _replication = options.ReplicationCommands;
        _commands = new CommandCounter(stateFolder);
        _own = string.Empty;
        _first = new ExchangeDirectory(WorldState.Open(stateFolder, IsKnownToOwn), server) { Scope = options };
        _own = _first.DomainController;
        _late[_own] = Current = _first;
    }

    /// <summary>What the command in hand sees.</summary>
    public ExchangeDirectory Current { get; private set; }

    /// <summary>Makes one domain controller answer every later command of the session that names no other.</summary>
    public void Prefer(string domainController) => _preferred = Current.RequireDomainController(domainController);

    /// <summary>Turns to the domain controller that a command names, or to the session's own, and hears what has reached it.</summary>
    /// <param name="domainController">As the command names it; null for the session's own.</param>
    /// <param name="options">The options in force.</param>
    /// <exception cref="Commands.ExchangeCommandException">The domain has no such controller.</exception>
    public void Turn(string? domainController, ExchangeOptions options)
    {
        _replication = options.ReplicationCommands;
        _command = _replication > 0 ? _commands.Next() : 0;
        Current = _first;
        string asked = string.IsNullOrEmpty(domainController) ? _preferred ?? _own : _first.RequireDomainController(domainController);
        Current = _replication > 0 ? LateViewOf(asked) : _first;
        Current.Scope = options;
        Current.DomainController = asked;
        Current.Command = _command;
        Current.Refresh();
    }

    private ExchangeDirectory LateViewOf(string domainController)
    {
        if (!_late.TryGetValue(domainController, out ExchangeDirectory? view))
            _late[domainController] = view = new ExchangeDirectory(WorldState.Open(_stateFolder, m => IsKnown(m, domainController)), _server);
        return view;
    }

    private bool IsKnownToOwn(WorldMutation change) => IsKnown(change, _own);

    private bool IsKnown(WorldMutation change, string domainController) =>
        change.DomainController is null
        || _replication == 0
        || change.DomainController.Equals(domainController, StringComparison.OrdinalIgnoreCase)
        || _command - change.Command > _replication;
}
