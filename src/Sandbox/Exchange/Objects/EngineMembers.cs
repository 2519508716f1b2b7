using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Linq.Expressions;
using System.Management.Automation;
using System.Reflection;

namespace IntuneExchangeConnector.Sandbox.Exchange.Objects;

/// <summary>
/// Makes output objects in the one way that stays fast. Through its public members the engine enters every object whose type
/// names were set, and every single value that it serialises, into process-wide tables of weak references, which the garbage
/// collector then walks again and again: a session slows down the more it has sent. Objects and values that already carry
/// their own lists never reach those tables.
/// </summary>
internal static class EngineMembers
{
    private static readonly PropertyInfo s_typeNames = Hidden("InternalTypeNames");
    private static readonly PropertyInfo s_instanceMembers = Hidden("InstanceMembers");

    private static readonly Func<PSObject, Collection<string>> s_readTypeNames = CompileRead();
    private static readonly Action<PSObject> s_setNoMembers = CompileSet(s_instanceMembers, s_instanceMembers.GetValue(new PSObject(instanceMemberCapacity: 1))!);

    private static readonly PSObject s_true = Bare(true);
    private static readonly PSObject s_false = Bare(false);
    private static readonly PSObject s_empty = Bare(string.Empty);

    /// <summary>A function that gives objects these type names, all of them sharing one list.</summary>
    public static Action<PSObject> Stamp(params ReadOnlySpan<string> typeNames)
    {
        PSObject sample = new();
        sample.TypeNames.Clear();
        foreach (string name in typeNames)
            sample.TypeNames.Add(name);
        return CompileSet(s_typeNames, s_typeNames.GetValue(sample)!);
    }

    /// <summary>The most derived type name of an object, read without a trace.</summary>
    public static string MostDerivedTypeName(PSObject source) => s_readTypeNames(source)[0];

    /// <summary>A multi-valued property's value. A copy: the list behind it may change while the object waits to be sent.</summary>
    public static ArrayList List(IEnumerable<string> values) => [.. values.Select(Bare)];

    /// <summary>A property with a value that is ready to be sent.</summary>
    public static PSNoteProperty Note(string name, object? value) => new(name, Ready(value));

    private static object? Ready(object? value) => value switch
    {
        null or PSObject or ICollection => value,
        true => s_true,
        false => s_false,
        "" => s_empty,
        _ => Bare(value),
    };

    // The empty list of members is shared: nobody adds members to a value that is only on its way out.
    private static PSObject Bare(object value)
    {
        PSObject bare = new(value);
        s_setNoMembers(bare);
        return bare;
    }

    private static Func<PSObject, Collection<string>> CompileRead()
    {
        ParameterExpression source = Expression.Parameter(typeof(PSObject));
        return Expression.Lambda<Func<PSObject, Collection<string>>>(Expression.Property(source, s_typeNames), source).Compile();
    }

    private static Action<PSObject> CompileSet(PropertyInfo property, object value)
    {
        ParameterExpression target = Expression.Parameter(typeof(PSObject));
        return Expression.Lambda<Action<PSObject>>(
            Expression.Assign(Expression.Property(target, property), Expression.Constant(value, property.PropertyType)),
            target).Compile();
    }

    private static PropertyInfo Hidden(string name) =>
        typeof(PSObject).GetProperty(name, BindingFlags.Instance | BindingFlags.NonPublic)
        ?? throw new NotSupportedException($"This version of System.Management.Automation has no PSObject.{name}.");
}
