namespace IntuneExchangeConnector.Domain.Planning;

/// <summary>Why a run may not write, and what to do next.</summary>
/// <param name="Reason">Why, with the numbers.</param>
/// <param name="Remedy">What to look at, and which command comes next.</param>
public sealed record RunHold(string Reason, string Remedy)
{
    /// <summary>Both, as people are told.</summary>
    /// <returns>The reason and the remedy.</returns>
    public override string ToString() => $"{Reason} {Remedy}";
}
