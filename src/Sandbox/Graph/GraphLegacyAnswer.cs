namespace IntuneExchangeConnector.Sandbox.Graph;

/// <summary>How a tenant answers to questions about the old connector's policy.</summary>
public enum GraphLegacyAnswer
{
    /// <summary>With the entity itself, as services do.</summary>
    Entity,

    /// <summary>With the entity inside <c>value</c>, as the reference pages show it.</summary>
    Wrapped,

    NotFound,

    BadRequest,
}
