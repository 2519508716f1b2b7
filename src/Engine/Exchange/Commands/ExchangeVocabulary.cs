using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Exchange.Reading;

namespace IntuneExchangeConnector.Engine.Exchange.Commands;

/// <summary>
/// What one session offers. Role-based access control hides cmdlets and single parameters, and several cmdlets changed their names with
/// Exchange 2013, so nothing is concluded from a version: the session is asked.
/// </summary>
internal sealed partial class ExchangeVocabulary
{
    private static readonly string[] s_deviceNames = [ExchangeCatalogue.GetMobileDevice, ExchangeCatalogue.GetActiveSyncDevice];

    private static readonly (string Cmdlet, string[] Parameters)[] s_needed =
    [
        (ExchangeCatalogue.GetServer, []),
        (ExchangeCatalogue.GetMailbox, ["Identity", "ResultSize"]),
        (ExchangeCatalogue.SetMailbox, ["Identity", "ActiveSyncAllowedDeviceIDs", "ActiveSyncBlockedDeviceIDs"]),
        (ExchangeCatalogue.GetOrganizationSettings, []),
        (ExchangeCatalogue.SetOrganizationSettings, ["DefaultAccessLevel"]),
        (ExchangeCatalogue.GetRule, []),
    ];

    /// <summary>What a sync cannot be without: cmdlets, under either name where they have two, and the parameters that have to be offered with them.</summary>
    public static IReadOnlyList<(string[] Names, string[] Parameters)> Needed { get; } =
    [
        (s_deviceNames, ["ResultSize"]), .. s_needed.Select(static needed => (new[] { needed.Cmdlet }, needed.Parameters)),
    ];

    /// <summary>The cmdlets that may be used, and so the ones that a session is asked for.</summary>
    public static string[] Names { get; } =
    [
        .. s_deviceNames, .. s_needed.Select(static needed => needed.Cmdlet), ExchangeCatalogue.SetServerSettings, ExchangeCatalogue.SelectObject,
        .. NamesForDevices,
        .. ConfigurationCmdlets.All,
    ];

    // Null where the session offers a cmdlet and does not tell its parameters.
    private readonly Dictionary<string, HashSet<string>?> _offered = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, string> _modules = new(StringComparer.OrdinalIgnoreCase);
    private bool _cuts;
    private string _server = string.Empty;

    /// <summary>Name of the cmdlet that lists partnerships; the newer name where both are offered.</summary>
    public string Devices { get; private set; } = ExchangeCatalogue.GetMobileDevice;

    /// <summary>True when rows can be cut down on the server.</summary>
    public bool Cuts => _cuts;

    /// <summary>True when the cmdlets run elsewhere, so that what they warn of is shown to nobody.</summary>
    public bool IsRemote { get; private set; }

    /// <summary>Takes in one row of the session's answer.</summary>
    /// <param name="row">A row of <c>Get-Command</c>.</param>
    public void Add(PSObject row)
    {
        ExchangeRow command = new(row);
        if (command.Text("Name") is not { } name) return;
        _offered[name] = ParametersOf(command.Value("Parameters"));
        if (command.Text("ModuleName") is { } module) _modules[name] = module;
    }

    /// <summary>Checks that everything is there that a sync needs, and settles the names.</summary>
    /// <param name="server">The server, for messages.</param>
    /// <param name="own">True for a session that the connector opened, which has to be told to see the whole forest.</param>
    /// <param name="remote">True when the cmdlets run on the server, so that rows can be cut down there.</param>
    /// <exception cref="Domain.Errors.ConnectorException">Something is missing.</exception>
    public void Settle(string server, bool own, bool remote)
    {
        _server = server;
        IsRemote = remote;
        Devices = Choose();
        List<(string Cmdlet, string[] Parameters)> needed = [(Devices, ["ResultSize"]), .. s_needed];
        if (own) needed.Add((ExchangeCatalogue.SetServerSettings, ["ViewEntireForest"]));
        CheckCmdlets(needed, server);
        CheckParameters(needed, server);
        CheckOrigin(needed);
        _cuts = remote && Offers(ExchangeCatalogue.SelectObject, "Property");
    }

    /// <summary>Stops cutting rows: the session offers it and refuses it.</summary>
    public void DoNotCut() => _cuts = false;

    /// <summary>The properties to keep, or null where rows come whole.</summary>
    /// <param name="properties">The properties.</param>
    /// <returns>The properties or null.</returns>
    public string[]? Cut(string[] properties) => _cuts ? properties : null;

    /// <summary>Whether the session offers a parameter.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="parameter">The parameter.</param>
    /// <returns>False when the cmdlet or the parameter is missing; true when the session does not tell parameters.</returns>
    public bool Offers(string cmdlet, string parameter) =>
        _offered.TryGetValue(cmdlet, out var parameters) && (parameters is null || parameters.Contains(parameter));

    private string Choose()
    {
        foreach (var name in s_deviceNames)
        {
            if (Offers(name, "ResultSize")) return name;
        }

        foreach (var name in s_deviceNames)
        {
            if (_offered.ContainsKey(name)) return name;
        }

        return ExchangeCatalogue.GetMobileDevice;
    }

    private void CheckCmdlets(List<(string Cmdlet, string[] Parameters)> needed, string server)
    {
        List<string> missing = [];
        foreach (var (cmdlet, _) in needed)
        {
            if (!_offered.ContainsKey(cmdlet)) missing.Add(cmdlet);
        }

        if (missing.Count > 0) throw ExchangeErrors.CmdletMissing(missing[0], missing, server);
    }

    private void CheckParameters(List<(string Cmdlet, string[] Parameters)> needed, string server)
    {
        List<string> missing = [];
        string? first = null;
        foreach (var (cmdlet, parameters) in needed)
        {
            foreach (var parameter in parameters)
            {
                if (Offers(cmdlet, parameter)) continue;
                missing.Add($"{cmdlet} -{parameter}");
                first ??= cmdlet;
            }
        }

        if (first is not null) throw ExchangeErrors.ParameterMissing(first, missing, server);
    }

    // A shell may hold the cmdlets of two organisations at once; half from here and half from there would join strangers.
    private void CheckOrigin(List<(string Cmdlet, string[] Parameters)> needed)
    {
        string? cmdletSeen = null;
        string? moduleSeen = null;
        foreach (var (cmdlet, _) in needed)
        {
            if (!_modules.TryGetValue(cmdlet, out var module)) continue;
            if (moduleSeen is not null && !string.Equals(module, moduleSeen, StringComparison.OrdinalIgnoreCase))
            {
                throw ExchangeErrors.SessionInvalid(cmdlet, $"{cmdletSeen} comes from {FaultText.Clean(moduleSeen)} and {cmdlet} from {FaultText.Clean(module)}: two connections share this shell.");
            }

            (cmdletSeen, moduleSeen) = (cmdlet, module);
        }
    }

    private static HashSet<string>? ParametersOf(object? value)
    {
        if (value is PSObject wrapped) value = wrapped.BaseObject;
        var names = value is IDictionary table ? table.Keys : value as ICollection;
        if (names is null) return null;
        HashSet<string> parameters = new(StringComparer.OrdinalIgnoreCase);
        foreach (var name in names)
        {
            if (name?.ToString() is { Length: > 0 } text) parameters.Add(text);
        }

        return parameters;
    }
}
