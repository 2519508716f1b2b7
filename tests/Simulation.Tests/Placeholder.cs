namespace IntuneExchangeConnector.Simulation.Tests;

public sealed class Placeholder
{
    [Xunit.Fact]
    public void Builds() { }
}
