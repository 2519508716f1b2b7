using System;
using System.Collections.Generic;
using System.Text.Json;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>
/// Tells whether a user has one of the plans that count as a licence. A user of a large subscription has fifty plans, so they are the greater part of
/// what is read of users, and are read where they lie.
/// </summary>
/// <param name="plans">The service plans that count.</param>
internal sealed class LicencePlans(IEnumerable<Guid> plans)
{
    private readonly HashSet<Guid> _plans = [.. plans];

    /// <summary>Looks at every plan of a user; a fault of any is a fault of the row.</summary>
    /// <param name="user">The user's row.</param>
    /// <returns>True when one that counts works.</returns>
    public bool AnyWorks(GraphRow user)
    {
        if (!user.TryList("assignedPlans", out var reader)) return false;
        try
        {
            return AnyWorks(ref reader, user);
        }
        catch (InvalidOperationException)
        {
            user.Blame("Its assignedPlans holds escapes that are no characters.");
            return false;
        }
    }

    private bool AnyWorks(ref Utf8JsonReader reader, GraphRow user)
    {
        var works = false;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            if (reader.TokenType == JsonTokenType.StartObject)
            {
                works |= Works(ref reader, user);
            }
            else
            {
                user.Blame(GraphRow.NoObject);
                reader.Skip();
            }
        }

        return works;
    }

    private bool Works(ref Utf8JsonReader reader, GraphRow user)
    {
        var counts = false;
        var isOn = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            if (reader.ValueTextEquals("servicePlanId"u8)) counts = Counts(ref reader, user);
            else if (reader.ValueTextEquals("capabilityStatus"u8)) isOn = IsOn(ref reader, user);
            else reader.Skip();
        }

        return counts && isOn;
    }

    private bool Counts(ref Utf8JsonReader reader, GraphRow user)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.Null) return false;
        if (reader.TokenType == JsonTokenType.String)
        {
            if (reader.TryGetGuid(out var id)) return _plans.Contains(id);
            if (reader.ValueSpan.Length == 0) return false;
        }

        user.Blame("Its servicePlanId is no id.");
        reader.Skip();
        return false;
    }

    // In the Warning state the subscription has lapsed and everything still works.
    private static bool IsOn(ref Utf8JsonReader reader, GraphRow user)
    {
        reader.Read();
        if (reader.TokenType == JsonTokenType.String) return Is(reader, "enabled") || Is(reader, "warning");
        if (reader.TokenType != JsonTokenType.Null) user.Blame("Its capabilityStatus is no text.");
        reader.Skip();
        return false;
    }

    private static bool Is(in Utf8JsonReader reader, string word) =>
        reader.ValueIsEscaped ? string.Equals(reader.GetString(), word, StringComparison.OrdinalIgnoreCase) : reader.ValueSpan.Length == word.Length && AsciiText.StartsWith(reader.ValueSpan, word);
}
