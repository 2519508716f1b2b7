using System.Globalization;
using CsCheck;
using IntuneExchangeConnector.Engine.Intune;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

public sealed class ServerTextTests
{
    [Theory]
    [InlineData(null, "")]
    [InlineData("plain", "plain")]
    [InlineData("two\r\nlines\tand a tab", "two lines and a tab")]
    [InlineData("\u001b[31mred\u001b[0m", "[31mred [0m")]
    [InlineData("right\u202eleft", "right left")]
    [InlineData("pair \ud83d\ude00 kept", "pair \ud83d\ude00 kept")]
    [InlineData("Bearer eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln was sent", "Bearer (token) was sent")]
    [InlineData("a secret-word here", "a (token) here")]
    public void Text_of_a_server_is_one_harmless_line(string? text, string clean) => Assert.Equal(clean, ServerText.Clean(text, 100, "secret-word"));

    // Not a row of the table: an attribute cannot hold half a character.
    [Fact]
    public void Half_a_character_is_left_out() => Assert.Equal("lone half", ServerText.Clean("lone \ud800 half", 100));

    [Fact]
    public void A_cut_does_not_halve_a_character() => Assert.Equal("ab…", ServerText.Clean("ab\ud83d\ude00cdef", 4));

    [Fact]
    public void Whatever_comes_the_result_is_bounded_and_has_no_control_characters() => Gen.String.Select(Gen.Int[10, 200]).Sample((text, limit) =>
    {
        var clean = ServerText.Clean(text, limit);
        Assert.True(clean.Length <= limit);
        Assert.DoesNotContain(clean, character => char.IsControl(character) || CharUnicodeInfo.GetUnicodeCategory(character) == UnicodeCategory.Format);
        Assert.DoesNotContain("  ", clean);
    });
}
