using System;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Planning;

public sealed class FuseTests
{
    [Theory]
    [InlineData(0, 20)]
    [InlineData(100, 20)]
    [InlineData(400, 20)]
    [InlineData(419, 20)]
    [InlineData(420, 21)]
    [InlineData(439, 21)]
    [InlineData(10_000, 500)]
    [InlineData(1_000_000, 50_000)]
    public void The_run_s_limit_is_the_larger_of_minimum_and_share(int decided, int limit) =>
        Assert.Equal(limit, Fuse.RunLimit(Some.Policy, decided));

    [Theory]
    [InlineData(0, 0.0, 1000, 0)]
    [InlineData(0, 100.0, 1000, 1000)]
    [InlineData(5, 10.0, 49, 5)]
    [InlineData(5, 10.0, 60, 6)]
    [InlineData(0, 0.57, 10_000, 57)]
    [InlineData(0, 1.1, 1_000, 11)]
    [InlineData(0, 0.29, 10_000, 29)]
    [InlineData(0, 33.3, 1_000, 333)]
    public void Minimum_and_share_are_the_policy_s(int minimum, double percent, int decided, int limit) =>
        Assert.Equal(limit, Fuse.RunLimit(Some.Policy with { FuseMinimum = minimum, FusePercent = percent }, decided));

    [Theory]
    [InlineData(20, 100, 0, false, null)]
    [InlineData(21, 100, 0, false, "run")]
    [InlineData(21, 420, 0, false, null)]
    [InlineData(22, 420, 0, false, "run")]
    [InlineData(21, 100, 0, true, null)]
    [InlineData(500, 500, 0, true, null)]
    [InlineData(501, 501, 0, true, "day")]
    [InlineData(1, 100, 499, false, null)]
    [InlineData(1, 100, 500, false, "day")]
    [InlineData(1, 100, 500, true, "day")]
    [InlineData(20, 100, 481, true, "day")]
    [InlineData(21, 100, 500, false, "run")]
    [InlineData(0, 100, 5000, false, null)]
    [InlineData(500, 10_000, 0, false, null)]
    public void It_holds_what_is_more_than_the_limit_and_force_passes_only_the_run_s(int denials, int decided, int inLastDay, bool force, string? held)
    {
        var reason = Fuse.Hold(Some.Policy, Plan(denials, decided / 2, decided - (decided / 2)), inLastDay, force);

        if (held is null)
        {
            Assert.Null(reason);
        }
        else
        {
            Assert.Contains($"the limit of a {held} is", reason!.Reason, StringComparison.Ordinal);
            Assert.Contains($" {denials} ", reason.Reason, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Devices_left_to_Exchange_are_not_among_the_decided() =>
        Assert.NotNull(Fuse.Hold(Some.Policy, Plan(21, 0, 100) with { LeftToExchange = 100_000 }, 0, force: false));

    [Fact]
    public void The_daily_limit_is_the_policy_s()
    {
        var policy = Some.Policy with { FuseDaily = 10 };

        Assert.Null(Fuse.Hold(policy, Plan(4, 0, 100), 6, force: false));
        Assert.NotNull(Fuse.Hold(policy, Plan(5, 0, 100), 6, force: false));
    }

    [Fact]
    public void What_to_do_next_is_said_and_force_is_advised_only_where_it_helps()
    {
        Assert.Equal("Look with Invoke-ConnectorSync -WhatIf; if it is right, run Invoke-ConnectorSync -Force.", Fuse.Hold(Some.Policy, Plan(21, 0, 100), 0, force: false)!.Remedy);
        Assert.Equal(
            "Look with Invoke-ConnectorSync -WhatIf. Wait until those of the last 24 hours are a day old; -Force does not pass this limit. If it is right, raise it with Set-ConnectorAccessPolicy -FuseDaily 510.",
            Fuse.Hold(Some.Policy, Plan(20, 0, 100), 490, force: true)!.Remedy);
        Assert.Equal(
            "Look with Invoke-ConnectorSync -WhatIf. Waiting does not help, because this run alone is beyond the limit; -Force does not pass this limit. If it is right, raise it with Set-ConnectorAccessPolicy -FuseDaily 501.",
            Fuse.Hold(Some.Policy, Plan(501, 0, 501), 0, force: true)!.Remedy);
    }

    private static SyncPlan Plan(int denials, int allowed, int blocked) => new()
    {
        Changes = [],
        Assessments = [],
        LedgerNotes = [],
        SystemPartnerships = 0,
        Allowed = allowed,
        Blocked = blocked,
        LeftToExchange = 0,
        Conflicts = 0,
        Denials = denials,
    };
}
