using IntuneExchangeConnector.Domain.Planning;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Planning;

public sealed class DeviceCountDoubtTests
{
    [Theory]
    [InlineData(1000, null, null, false)]
    [InlineData(1000, 0, null, false)]
    [InlineData(1000, -500, null, false)]
    [InlineData(1000, 52, null, false)]
    [InlineData(1000, 53, null, true)]
    [InlineData(100, 20, null, false)]
    [InlineData(100, 21, null, true)]
    [InlineData(0, 21, null, true)]
    [InlineData(1000, 300, 300, false)]
    [InlineData(1000, 300, 280, false)]
    [InlineData(1000, 500, 300, true)]
    [InlineData(1000, 53, -400, true)]
    public void What_is_missing_beyond_the_normal_is_doubted(int listed, int? excess, int? normal, bool doubted) =>
        Assert.Equal(doubted, DeviceCountDoubt.Of(listed, excess, normal) is not null);

    [Fact]
    public void Both_numbers_are_told() => Assert.Equal("Intune counts 1100 managed devices and listed 1000.", DeviceCountDoubt.Of(1000, 100, null));
}
