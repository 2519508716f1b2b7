using System;

namespace IntuneExchangeConnector.Domain.Devices;

/// <summary>
/// The id under which a device presents itself to Exchange ActiveSync. It is chosen by the client, is no hardware id, and
/// may change after a reset. Exchange, Active Directory and Intune may spell one id in different case, so two ids that
/// differ only in case are equal; the text is kept as it was read, because it is written back as it was read.
/// </summary>
public readonly struct EasDeviceId : IEquatable<EasDeviceId>, IComparable<EasDeviceId>
{
    private readonly string? _value;

    /// <summary>Takes the text as the server gave it.</summary>
    /// <param name="value">The id; null counts as empty.</param>
    public EasDeviceId(string? value) => _value = value;

    /// <summary>How ids are compared everywhere: ordinal, without case.</summary>
    public static StringComparer Comparer => StringComparer.OrdinalIgnoreCase;

    /// <summary>The text as it was read; never null.</summary>
    public string Value => _value ?? string.Empty;

    /// <summary>True when the device presented no id; such a device cannot be named in a list.</summary>
    public bool IsEmpty => string.IsNullOrEmpty(_value);

    /// <inheritdoc/>
    public bool Equals(EasDeviceId other) => string.Equals(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is EasDeviceId other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => Comparer.GetHashCode(Value);

    /// <inheritdoc/>
    public int CompareTo(EasDeviceId other) => string.Compare(Value, other.Value, StringComparison.OrdinalIgnoreCase);

    /// <inheritdoc/>
    public override string ToString() => Value;

    /// <summary>Compares without case.</summary>
    public static bool operator ==(EasDeviceId left, EasDeviceId right) => left.Equals(right);

    /// <summary>Compares without case.</summary>
    public static bool operator !=(EasDeviceId left, EasDeviceId right) => !left.Equals(right);
}
