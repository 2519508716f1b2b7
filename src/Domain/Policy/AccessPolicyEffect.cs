namespace IntuneExchangeConnector.Domain.Policy;

/// <summary>What one setting of an access policy does, and to whom.</summary>
/// <param name="Connector">Name of the connector; empty for a policy on its own.</param>
/// <param name="Setting">The setting, by the name of its parameter.</param>
/// <param name="Value">Its value, for people.</param>
/// <param name="Effect">What it does to whom, in a sentence.</param>
public sealed record AccessPolicyEffect(string Connector, string Setting, string Value, string Effect);
