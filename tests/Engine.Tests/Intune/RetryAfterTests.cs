using System;
using IntuneExchangeConnector.Engine.Intune;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

public sealed class RetryAfterTests
{
    [Theory]
    [InlineData("30", 30_000)]
    [InlineData("2.128", 2_128)]
    [InlineData("0.0001", 1)]
    [InlineData(" 5 ", 5_000)]
    [InlineData("0", 0)]
    [InlineData("99999999", 86_400_000)]
    [InlineData("Mon, 02 Nov 2026 08:00:20 GMT", 20_000)]
    [InlineData("Mon, 02 Nov 2026 07:00:00 GMT", 0)]
    public void The_wait_that_a_server_asks_for_is_understood(string value, double milliseconds) =>
        Assert.Equal(TimeSpan.FromMilliseconds(milliseconds), RetryAfter.Read(value, TestTenant.Now));

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("soon")]
    [InlineData("-5")]
    [InlineData("1e9")]
    [InlineData("1,5")]
    [InlineData("79228162514264337593543950336")]
    public void Anything_else_counts_as_no_answer(string? value) => Assert.Null(RetryAfter.Read(value, TestTenant.Now));
}
