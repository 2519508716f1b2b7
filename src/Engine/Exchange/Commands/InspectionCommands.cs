using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Engine.Exchange.Commands;

/// <summary>What a check of prerequisites asks by means of the catalogue that everybody uses.</summary>
internal static class InspectionCommands
{
    private static readonly string[] s_everyName = [.. ExchangeCatalogue.Names, .. InspectionCatalogue.Names];

    /// <summary>Asks which of all the cmdlets that the connector knows the session offers.</summary>
    /// <param name="imported">True in the caller's own shell, where a missing name would have every module on disk searched for it.</param>
    public static ExchangeCommand ListOffer(bool imported) => List(s_everyName, imported);

    /// <summary>Asks for every cmdlet that the session offers.</summary>
    /// <param name="imported">True in the caller's own shell.</param>
    public static ExchangeCommand ListEverything(bool imported) => List(["*"], imported);

    /// <summary>Makes the session see the recipients of every domain.</summary>
    public static ExchangeCommand ViewEntireForest() => ExchangeCommands.ViewEntireForest();

    /// <summary>Reads the organisation's servers whole: with roles and versions.</summary>
    public static ExchangeCommand Servers() => new(ExchangeCatalogue.GetServer, Read());

    /// <summary>Reads two mailboxes, to see whether there are others than one's own.</summary>
    public static ExchangeCommand SomeMailboxes()
    {
        var parameters = Read();
        parameters.Add("ResultSize", "2");
        return new(ExchangeCatalogue.GetMailbox, parameters);
    }

    private static ExchangeCommand List(string[] names, bool imported)
    {
        Dictionary<string, object> parameters = new(StringComparer.OrdinalIgnoreCase) { ["Name"] = names, ["ErrorAction"] = "SilentlyContinue" };
        if (imported) parameters.Add("ListImported", true);
        return new(ExchangeCatalogue.GetCommand, parameters);
    }

    private static Dictionary<string, object> Read() => new(StringComparer.OrdinalIgnoreCase) { ["WarningAction"] = "Continue", ["ErrorAction"] = "Continue" };
}
