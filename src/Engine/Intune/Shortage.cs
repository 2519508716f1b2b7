using System.Globalization;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Rows that a server announced and did not send.</summary>
/// <param name="Subject">What the list is of, for people.</param>
/// <param name="Announced">The rows that it should have.</param>
/// <param name="Sent">The rows that came.</param>
internal sealed record Shortage(string Subject, long Announced, int Sent)
{
    /// <summary>
    /// Whether a count that is wrong is the likelier reason, where the same is missing again: five rows or a hundredth. Whoever would lose mail because of
    /// one of them is looked up before that.
    /// </summary>
    public bool IsBearable => Sent > 0 && (Announced - Sent <= 5 || (Announced - Sent) * 100 <= Announced);

    /// <inheritdoc/>
    public override string ToString() => string.Format(CultureInfo.InvariantCulture, "Graph announced {0} {1} and sent {2}.", Announced, Subject, Sent);
}
