using System.Collections.Generic;
using System.Linq;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Hosting;

public sealed class ProgressTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private const int Partnerships = 1;
    private const int ManagedDevices = 3;
    private const int Open = 0;
    private const int Last = 1;

    [Fact]
    public void Count_rate_and_remaining_time_are_told()
    {
        Assert.Equal(
            [
                "1 Reading device partnerships from Exchange|0 of 5,000|0%|-1s|Processing",
                "1 Reading device partnerships from Exchange|1,000 of 5,000, 500 per second|20%|8s|Processing",
                "1 Reading device partnerships from Exchange|5,000 of 5,000|-1%|-1s|Completed",
            ],
            Records([0, Partnerships, 0, 5000, Open], [2000, Partnerships, 1000, 5000, Open], [2001, Partnerships, 5000, 5000, Last]));
    }

    [Fact]
    public void Without_a_total_there_is_no_percentage_and_no_remaining_time()
    {
        Assert.Equal(
            [
                "1 Reading device partnerships from Exchange|Under way|-1%|-1s|Processing",
                "1 Reading device partnerships from Exchange|300, 100 per second|-1%|-1s|Processing",
                "1 Reading device partnerships from Exchange|Done|-1%|-1s|Completed",
            ],
            Records([0, Partnerships, 0, -1, Open], [3000, Partnerships, 300, -1, Open]));
    }

    [Fact]
    public void A_bar_is_redrawn_four_times_a_second_at_most()
    {
        int[][] reports = [.. Enumerable.Range(0, 1001).Select(i => (int[])[i, Partnerships, i, 1000, Open])];

        // Second 0 and each quarter after it, then the closing record.
        Assert.Equal(6, Records(reports).Count);
    }

    [Fact]
    public void Both_sides_have_a_bar_of_their_own()
    {
        Assert.Equal(
            ["1 Reading device partnerships from Exchange", "3 Reading managed devices from Intune", "1 Reading device partnerships from Exchange", "3 Reading managed devices from Intune"],
            Records([0, Partnerships, 1, -1, Open], [0, ManagedDevices, 1, -1, Open], [1, Partnerships, 2, -1, Last]).Select(record => record.Split('|')[0]));
    }

    [Fact]
    public void A_server_that_returns_more_than_it_announced_breaks_nothing()
    {
        Assert.Contains("|100%|0s|", Records([0, Partnerships, 0, 10, Open], [2000, Partnerships, 30, 10, Open])[1]);
    }

    [Fact]
    public void A_stage_that_was_never_opened_is_not_closed()
    {
        Assert.Empty(Records([0, Partnerships, 0, -1, Last]));
    }

    private List<string> Records(params int[][] reports) =>
        [.. shell.Run("param($Report) Invoke-ProgressProbe -Report $Report", new() { ["Report"] = reports }).Objects.Cast<string>()];
}
