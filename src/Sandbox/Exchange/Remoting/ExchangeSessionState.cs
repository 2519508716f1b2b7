using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using IntuneExchangeConnector.Sandbox.Exchange.Commands;
using IntuneExchangeConnector.Sandbox.Exchange.Objects;
using Microsoft.PowerShell.Commands;

namespace IntuneExchangeConnector.Sandbox.Exchange.Remoting;

/// <summary>Builds the session state of an Exchange session from nothing: what is not added here does not exist in it.</summary>
internal static class ExchangeSessionState
{
    // What a restricted endpoint offers beside its own commands: discovery, projection and leaving.
    private static readonly (string Name, Type Type)[] s_housekeeping =
    [
        ("Exit-PSSession", typeof(ExitPSSessionCommand)),
        ("Get-Command", typeof(GetCommandCommand)),
        ("Get-FormatData", typeof(GetFormatDataCommand)),
        ("Get-Help", typeof(GetHelpCommand)),
        ("Measure-Object", typeof(MeasureObjectCommand)),
        ("Out-Default", typeof(OutDefaultCommand)),
        ("Select-Object", typeof(SelectObjectCommand)),
    ];

    private static readonly string[] s_deepTypes =
    [
        .. new[]
        {
            TypeNames.ActiveSyncDevice, TypeNames.ActiveSyncStatistics, TypeNames.AccessRule, TypeNames.DeviceClass, TypeNames.OrganizationSettings,
            TypeNames.MailboxPolicy, TypeNames.CasMailbox, TypeNames.Recipient, TypeNames.Server,
        }.Select(names => names[0]),
    ];

    public static InitialSessionState Create(ExchangeSession session)
    {
        InitialSessionState state = InitialSessionState.Create();
        state.LanguageMode = PSLanguageMode.NoLanguage;
        state.ThrowOnRunspaceOpenError = true;
        state.UseFullLanguageModeInDebugger = false;

        foreach ((string name, Type type) in s_housekeeping.Concat(ExchangeCommands.All))
        {
            if (session.Offers(name))
                state.Commands.Add(new SessionStateCmdletEntry(name, type, helpFileName: null));
        }

        // The engine's own type data tells how its CommandInfo objects travel; clients discover commands by them.
        foreach (SessionStateTypeEntry types in InitialSessionState.CreateDefault2().Types)
            state.Types.Add(types);

        if (session.Directory.Server.IsExchange2010)
        {
            foreach (string type in s_deepTypes)
                state.Types.Add(new SessionStateTypeEntry(new TypeData(type) { SerializationDepth = Exchange2010.SerializationDepth }, isRemove: false));
        }

        // Describing a cmdlet's output asks for the current location, so there has to be one. Variables are a place without files.
        state.Providers.Add(new SessionStateProviderEntry("Variable", typeof(VariableProvider), helpFileName: null));

        // Cmdlets are made by the engine without arguments and find their session here.
        state.Variables.Add(new SessionStateVariableEntry(ExchangeSession.VariableName, session, null, ScopedItemOptions.Constant)
        {
            Visibility = SessionStateEntryVisibility.Private,
        });
        return state;
    }
}
