using System.Linq;
using IntuneExchangeConnector.Module.Harness;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Hosting;

public sealed class ConsoleTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    [Fact]
    public void A_dry_run_shows_each_change_as_PowerShell_does()
    {
        Assert.Equal(
            [
                "Host: What if: Performing the operation \"allow ID\" on target \"user1@contoso.com\".",
                "Host: What if: Performing the operation \"allow ID\" on target \"user2@contoso.com\".",
            ],
            shell.Run("Invoke-PlanProbe -Count 2 -WhatIf").Lines);
    }

    [Fact]
    public void A_long_plan_is_cut_after_twenty_changes_and_says_so()
    {
        var lines = shell.Run("Invoke-PlanProbe -Count 1023 -WhatIf").Lines;

        Assert.Equal(21, lines.Count);
        Assert.EndsWith("on target \"user20@contoso.com\".", lines[19]);
        Assert.Equal("Host: What if: 1,003 more changes would be made; -Verbose lists them all.", lines[20]);
    }

    [Fact]
    public void A_plan_of_exactly_twenty_changes_is_shown_whole()
    {
        Assert.Equal(20, shell.Run("Invoke-PlanProbe -Count 20 -WhatIf").Lines.Count);
    }

    [Fact]
    public void Verbose_lists_every_change_beyond()
    {
        var transcript = shell.Run("Invoke-PlanProbe -Count 22 -WhatIf -Verbose");

        Assert.Equal(
            ["Would perform \"allow ID\" on \"user21@contoso.com\".", "Would perform \"allow ID\" on \"user22@contoso.com\"."],
            transcript.Of(ShellStream.Verbose));
    }

    [Fact]
    public void A_device_cannot_write_to_the_terminal_through_its_id()
    {
        var line = Assert.Single(shell.Run("Invoke-PlanProbe -Count 1 -WhatIf -DeviceId \"A`e[2J`r`nWhat if: forged`u{202E}`u{2028}\"").Lines);

        Assert.Equal("Host: What if: Performing the operation \"allow A\uFFFD[2J  What if: forged\uFFFD\uFFFD\" on target \"user1@contoso.com\".", line);
    }

    [Fact]
    public void No_stream_passes_on_what_a_terminal_would_obey()
    {
        Assert.Equal(
            ["Verbose: a\uFFFDb c", "Warning: a\uFFFDb c", "Warning: a\uFFFDb c"],
            shell.Run("Invoke-SayProbe -Verbose -Text \"a`ab`nc\"").Lines);
    }

    [Theory]
    [InlineData("Invoke-OpenBarProbe")]
    [InlineData("try { Invoke-OpenBarProbe -Fail } catch { }")]
    public void Every_progress_bar_that_was_opened_is_closed(string script)
    {
        var progress = shell.Run(script).Records.Where(record => record.Stream == ShellStream.Progress).ToList();

        Assert.Equal([false, true], progress.Select(record => record.Closes));
        Assert.Equal("Reading mailboxes from Exchange: 1 of 2", progress[0].Text);
    }
}
