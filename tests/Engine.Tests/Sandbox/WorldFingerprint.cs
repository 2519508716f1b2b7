using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Security.Cryptography;
using System.Text;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

/// <summary>A hash over everything a world says, by reflection: no new property is forgotten, and one that no world uses yet changes nothing.</summary>
internal static class WorldFingerprint
{
    public static string Of(SandboxWorld world)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, world);
        return Convert.ToHexString(hash.GetHashAndReset());
    }

    private static void Add(IncrementalHash hash, object value)
    {
        switch (value)
        {
            case string or Guid or bool or int or long or double or DateTimeOffset:
                string text = value is DateTimeOffset instant
                    ? instant.ToString("O", CultureInfo.InvariantCulture)
                    : Convert.ToString(value, CultureInfo.InvariantCulture)!;
                hash.AppendData(Encoding.UTF8.GetBytes(text.Length.ToString(CultureInfo.InvariantCulture) + ":" + text));
                break;
            case System.Collections.IEnumerable items:
                foreach (object item in items) Add(hash, item);
                hash.AppendData("]"u8);
                break;
            default:
                foreach (System.Reflection.PropertyInfo property in PropertiesOf(value.GetType()))
                {
                    object? part = property.GetValue(value);
                    if (part is null or false || part is System.Collections.IEnumerable parts && !parts.Cast<object>().Any()) continue;
                    Add(hash, property.Name);
                    Add(hash, part);
                }

                break;
        }
    }

    private static readonly Dictionary<Type, System.Reflection.PropertyInfo[]> s_properties = [];

    private static System.Reflection.PropertyInfo[] PropertiesOf(Type type)
    {
        lock (s_properties)
        {
            if (s_properties.TryGetValue(type, out System.Reflection.PropertyInfo[]? known)) return known;
            known = [.. type.GetProperties().Where(property => property.Name != "EqualityContract").OrderBy(property => property.Name, StringComparer.Ordinal)];
            return s_properties[type] = known;
        }
    }
}
