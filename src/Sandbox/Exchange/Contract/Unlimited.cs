using System;
using System.Globalization;

namespace IntuneExchangeConnector.Sandbox.Exchange.Contract;

/// <summary>A number or the word <c>Unlimited</c>, or a time span where the setting is one.</summary>
public sealed class Unlimited
{
    private readonly string _text;

    public Unlimited(int value)
        : this(value.ToString(CultureInfo.InvariantCulture))
    {
    }

    public Unlimited(string text)
    {
        if (text.Equals(nameof(Unlimited), StringComparison.OrdinalIgnoreCase))
            _text = nameof(Unlimited);
        else if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out int count))
            (_text, Count) = (text, count);
        else if (TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out _))
            _text = text;
        else
            throw new FormatException($"'{text}' isn't a valid unlimited value.");
    }

    /// <summary>The number; null for no limit and for a time span.</summary>
    public int? Count { get; }

    public override string ToString() => _text;
}
