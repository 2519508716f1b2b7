using System;
using System.Collections.Frozen;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;

namespace IntuneExchangeConnector.Sandbox.Exchange.Contract;

/// <summary>One parameter in one parameter set, as the documentation of the on-premises server lists it.</summary>
public sealed record ParameterContract
{
    public required string Name { get; init; }

    /// <summary>Short name of Exchange's type, for example <c>MailboxIdParameter</c>.</summary>
    public required string Type { get; init; }

    public bool Mandatory { get; init; }

    /// <summary>Counted from 1, as documentation does; null for a named parameter.</summary>
    public int? Position { get; init; }

    public bool Pipeline { get; init; }

    /// <summary>Longest text accepted.</summary>
    public int? MaxLength { get; init; }

    public long? Minimum { get; init; }

    public long? Maximum { get; init; }
}

/// <summary>One parameter set; the name is empty where a cmdlet has only the unnamed one.</summary>
public sealed record ParameterSetContract(string Name, IReadOnlyList<ParameterContract> Parameters);

/// <summary>What the outside of one Exchange cmdlet looks like: the documented parameters and nothing else.</summary>
public sealed record CmdletContract
{
    private static readonly Lazy<ContractFile> s_file = new(ReadFile);

    private static readonly Lazy<FrozenDictionary<string, CmdletContract>> s_all = new(() =>
        s_file.Value.Cmdlets.ToFrozenDictionary(c => c.Name, StringComparer.OrdinalIgnoreCase));

    public required string Name { get; init; }

    /// <summary>Full name of the type that the cmdlet emits; null where it emits nothing or the documentation names none.</summary>
    public string? Output { get; init; }

    public bool ShouldProcess { get; init; }

    public required IReadOnlyList<ParameterSetContract> Sets { get; init; }

    /// <summary>Every cmdlet of the contract, by name.</summary>
    public static IReadOnlyDictionary<string, CmdletContract> All => s_all.Value;

    /// <summary>Exchange's enumerations that parameters take, by short name.</summary>
    public static IReadOnlyDictionary<string, string[]> Enums => s_file.Value.Enums;

    private static ContractFile ReadFile()
    {
        using Stream json = typeof(CmdletContract).Assembly.GetManifestResourceStream("exchange-cmdlets.json")
            ?? throw new FileNotFoundException("The contract is not embedded.");
        return JsonSerializer.Deserialize<ContractFile>(json, JsonSerializerOptions.Web)
            ?? throw new JsonException("The contract is empty.");
    }

    private sealed record ContractFile(Dictionary<string, string[]> Enums, IReadOnlyList<CmdletContract> Cmdlets);
}
