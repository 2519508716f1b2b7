namespace IntuneExchangeConnector.Engine.Tests;

public sealed class Placeholder
{
    [Xunit.Fact]
    public void Builds() { }
}
