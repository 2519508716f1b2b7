using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Engine.Exchange.Faults;

namespace IntuneExchangeConnector.Engine.Exchange.Commands;

/// <content>
/// What is needed for single devices. A session is asked for these names with the others, and none of them is demanded before it is used:
/// a sync does without.
/// </content>
internal sealed partial class ExchangeVocabulary
{
    private static readonly string[] s_statisticsNames = [ExchangeCatalogue.GetMobileStatistics, ExchangeCatalogue.GetActiveSyncStatistics];
    private static readonly string[] s_clearNames = [ExchangeCatalogue.ClearMobileDevice, ExchangeCatalogue.ClearActiveSyncDevice];
    private static readonly string[] s_removeNames = [ExchangeCatalogue.RemoveMobileDevice, ExchangeCatalogue.RemoveActiveSyncDevice];

    // Spelled out: fields of two files have no order in which they are made.
    private static string[] NamesForDevices =>
    [
        ExchangeCatalogue.GetMobileStatistics, ExchangeCatalogue.GetActiveSyncStatistics, ExchangeCatalogue.ClearMobileDevice,
        ExchangeCatalogue.ClearActiveSyncDevice, ExchangeCatalogue.RemoveMobileDevice, ExchangeCatalogue.RemoveActiveSyncDevice,
    ];

    /// <summary>Name of the cmdlet that reads one partnership.</summary>
    public string OneDevice => Demand([Devices], "Identity");

    /// <summary>Name of the cmdlet that reads what a mailbox remembers of its devices.</summary>
    public string Statistics => Demand(s_statisticsNames, "Mailbox");

    /// <summary>Name of the cmdlet that ends a partnership.</summary>
    public string RemoveDevice => Demand(s_removeNames, "Identity");

    /// <summary>Name of the cmdlet that asks for a wipe.</summary>
    /// <param name="order">What it has to be able to ask for.</param>
    /// <returns>The name.</returns>
    /// <exception cref="Domain.Errors.ConnectorException">The session does not offer it, or lacks a parameter.</exception>
    public string ClearDevice(DeviceWipeOrder order)
    {
        List<string> parameters = ["Identity"];
        if (order.Cancel) parameters.Add("Cancel");
        if (order.NotificationAddresses.Count > 0) parameters.Add("NotificationEmailAddresses");
        if (!order.AccountOnly) return Demand(s_clearNames, [.. parameters]);

        var cmdlet = Demand(s_clearNames, [.. parameters]);
        return Offers(cmdlet, "AccountOnly") ? cmdlet : throw ExchangeErrors.AccountOnlyUnknown(cmdlet, _server);
    }

    // The newer name where both will do.
    private string Demand(string[] names, params string[] parameters)
    {
        foreach (var name in names)
        {
            if (parameters.All(parameter => Offers(name, parameter))) return OfOneOrigin(name);
        }

        foreach (var name in names)
        {
            if (!_offered.ContainsKey(name)) continue;
            throw ExchangeErrors.ParameterMissing(name, [.. parameters.Where(parameter => !Offers(name, parameter)).Select(parameter => $"{name} -{parameter}")], _server);
        }

        throw ExchangeErrors.CmdletMissing(names[0], [names[0]], _server);
    }

    // A wipe must not go to another organisation than the one that the device was read from.
    private string OfOneOrigin(string name)
    {
        if (_modules.TryGetValue(name, out var module) && _modules.TryGetValue(Devices, out var own) && !string.Equals(module, own, StringComparison.OrdinalIgnoreCase))
        {
            throw ExchangeErrors.SessionInvalid(name, $"{Devices} comes from {FaultText.Clean(own)} and {name} from {FaultText.Clean(module)}: two connections share this shell.");
        }

        return name;
    }
}
