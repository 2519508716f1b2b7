using System;
using System.Collections.Concurrent;
using System.Management.Automation;
using System.Reflection;
using System.Reflection.Emit;
using Microsoft.Exchange.Configuration.Tasks;

namespace IntuneExchangeConnector.Sandbox.Exchange.Contract;

/// <summary>The .NET type behind each of Exchange's parameter types, so that PowerShell converts and refuses values as Exchange's do.</summary>
internal static class ParameterTypes
{
    private static readonly ConcurrentDictionary<string, Type> s_types = new();
    private static readonly ModuleBuilder s_enums = AssemblyBuilder
        .DefineDynamicAssembly(new AssemblyName("Microsoft.Exchange.Data.Enumerations"), AssemblyBuilderAccess.Run)
        .DefineDynamicModule("Enumerations");

    private static readonly object s_enumLock = new();

    public static Type Of(string name) => s_types.GetOrAdd(name, Resolve);

    private static Type Resolve(string name) => name switch
    {
        "Boolean" => typeof(bool),
        "Int32" => typeof(int),
        "SwitchParameter" => typeof(SwitchParameter),
        "PSCredential" => typeof(PSCredential),
        "String[]" => typeof(string[]),
        "Unlimited" => typeof(Unlimited),
        "MailboxIdParameter" => typeof(MailboxIdParameter),
        // Lists arrive as one value, as several, as @{Add=;Remove=} or as nothing: the cmdlet itself tells them apart.
        "MultiValuedProperty" or "ProxyAddressCollection" or "ApprovedApplicationCollection" or "RunspaceServerSettingsPresentationObject" => typeof(object),
        _ when name.EndsWith("[]", StringComparison.Ordinal) => Of(name[..^2]).MakeArrayType(),
        _ when name.EndsWith("IdParameter", StringComparison.Ordinal) => typeof(IdParameter),
        _ when CmdletContract.Enums.TryGetValue(name, out string[]? values) => DefineEnum(name, values),
        _ => typeof(string),
    };

    private static Type DefineEnum(string name, string[] values)
    {
        lock (s_enumLock)
        {
            if (s_enums.GetType(name) is { } existing)
                return existing;

            EnumBuilder builder = s_enums.DefineEnum(name, TypeAttributes.Public, typeof(int));
            for (int i = 0; i < values.Length; i++)
                builder.DefineLiteral(values[i], i);
            return builder.CreateType();
        }
    }
}
