namespace IntuneExchangeConnector.Module.Tests;

public sealed class Placeholder
{
    [Xunit.Fact]
    public void Builds() { }
}
