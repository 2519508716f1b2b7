using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>
/// A world and what happened to it. Processes that open the same folder share one organisation: each generates the base from
/// <c>world.json</c> and replays <c>changes.jsonl</c>. All members may be called from any thread.
/// </summary>
public sealed class WorldState
{
    private readonly object _gate = new();
    private readonly SandboxWorld _world;
    private readonly WorldMutator _mutator;
    private readonly WorldLog? _log;
    private readonly Func<WorldMutation, bool>? _isKnown;
    private readonly List<WorldMutation> _unknown = [];

    private WorldState(SandboxWorld world, WorldLog? log, Func<WorldMutation, bool>? isKnown = null)
    {
        _world = world;
        _mutator = new WorldMutator(world, TenantChanges);
        _log = log;
        _isKnown = isKnown;
    }

    /// <summary>Number of changes carried out so far; whoever keeps an index of the world compares it.</summary>
    public int Version { get; private set; }

    /// <summary>What happened to the tenant's users, groups and devices.</summary>
    public TenantChangeLog TenantChanges { get; } = new();

    /// <summary>
    /// The world itself, for a process with one thread that reads after <see cref="Refresh"/>. Where threads share a state,
    /// <see cref="Read{T}"/> keeps changes out meanwhile.
    /// </summary>
    public SandboxWorld World => _world;

    /// <summary>A state that lives in this process alone.</summary>
    public static WorldState InMemory(SandboxWorld world) => new(world, log: null);

    /// <summary>A state that lives in this process alone, generated from options.</summary>
    public static WorldState InMemory(WorldOptions options) => InMemory(WorldGenerator.Generate(options));

    /// <summary>Writes the options into a folder, which is made if it is missing, and opens it. A folder that holds other options already is refused.</summary>
    /// <exception cref="InvalidOperationException">The folder belongs to another world.</exception>
    public static WorldState Create(string folder, WorldOptions options)
    {
        options.Validate();
        Directory.CreateDirectory(folder);
        string path = OptionsPath(folder);
        using (new WorldLog(folder).Lock())
        {
            if (!File.Exists(path)) File.WriteAllBytes(path, JsonSerializer.SerializeToUtf8Bytes(options, WorldOptionsJson.Default.WorldOptions));
            else if (ReadOptions(path) != options) throw new InvalidOperationException($"{path} describes another world.");
        }

        return Open(folder);
    }

    /// <summary>Generates the world that a folder describes and carries its changes out.</summary>
    /// <param name="folder">The folder.</param>
    /// <param name="isKnown">Says of a change whether this view of the world has heard of it yet; it is asked again at each refresh. Null for a view that knows all.</param>
    /// <exception cref="FileNotFoundException">The folder holds no <c>world.json</c>.</exception>
    public static WorldState Open(string folder, Func<WorldMutation, bool>? isKnown = null)
    {
        var state = new WorldState(WorldGenerator.Generate(ReadOptions(OptionsPath(folder))), new WorldLog(folder), isKnown);
        state.Refresh();
        return state;
    }

    /// <summary>Carries out what other processes changed since; true when there was anything. Next to free when there was not.</summary>
    public bool Refresh()
    {
        lock (_gate) return RefreshLocked();
    }

    /// <summary>Carries changes out here and, through the log, everywhere; they lie together in the log, in this order.</summary>
    public void Append(params IEnumerable<WorldMutation> mutations)
    {
        IReadOnlyList<WorldMutation> list = [.. mutations];
        Change(_ => list);
    }

    /// <summary>
    /// Decides on changes with all others shut out: the function sees the newest world, and what it returns is carried out before
    /// anybody else changes it. It may throw; nothing is changed then.
    /// </summary>
    public void Change(Func<SandboxWorld, IEnumerable<WorldMutation>> decide)
    {
        lock (_gate)
        {
            using IDisposable? held = _log?.Lock();
            RefreshLocked();
            IReadOnlyList<WorldMutation> mutations = [.. decide(_world)];
            if (mutations.Count == 0) return;
            _log?.Append(mutations);
            Apply(mutations);
        }
    }

    /// <summary>Reads with changes of this process shut out. What the function returns must not be a live list.</summary>
    public T Read<T>(Func<SandboxWorld, T> read)
    {
        lock (_gate) return read(_world);
    }

    private bool RefreshLocked()
    {
        IReadOnlyList<WorldMutation> mutations = _log?.ReadNew() ?? [];
        if (_isKnown is not null)
        {
            _unknown.AddRange(mutations);
            mutations = [.. _unknown.Where(_isKnown)];
            if (mutations.Count > 0) _unknown.RemoveAll(mutations.Contains);
        }

        Apply(mutations);
        return mutations.Count > 0;
    }

    private void Apply(IReadOnlyList<WorldMutation> mutations)
    {
        foreach (WorldMutation mutation in mutations) _mutator.Apply(mutation);
        Version += mutations.Count;
    }

    private static string OptionsPath(string folder) => Path.Combine(folder, "world.json");

    private static WorldOptions ReadOptions(string path) =>
        JsonSerializer.Deserialize(File.ReadAllBytes(path), WorldOptionsJson.Default.WorldOptions)
        ?? throw new InvalidDataException($"{path} holds no options.");
}
