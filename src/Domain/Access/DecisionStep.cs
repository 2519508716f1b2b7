namespace IntuneExchangeConnector.Domain.Access;

/// <summary>One rule of a chain, what it looked at and what came of it.</summary>
public sealed record DecisionStep
{
    /// <summary>Creates a step.</summary>
    /// <param name="rule">The rule, in a few words.</param>
    /// <param name="input">What it looked at.</param>
    /// <param name="outcome">What came of it.</param>
    public DecisionStep(string rule, string input, string outcome) => (Rule, Input, Outcome) = (rule, input, outcome);

    /// <summary>The rule, in a few words.</summary>
    public string Rule { get; }

    /// <summary>What it looked at.</summary>
    public string Input { get; }

    /// <summary>What came of it: <c>continue</c>, or the decision.</summary>
    public string Outcome { get; }
}
