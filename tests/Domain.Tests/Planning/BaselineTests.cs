using System;
using System.Linq;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Planning;

/// <summary>A read that shrank by more than a tenth and more than five rows, or came back empty, is not believed.</summary>
public sealed class BaselineTests
{
    private static readonly Baseline s_last = new() { Partnerships = 100, Mailboxes = 100, ManagedDevices = 100, Users = 100, IncludedUsers = 100 };

    public static TheoryData<string> Lists() => ["partnerships", "mailboxes", "managed devices", "users", "members of the included groups"];

    [Theory]
    [InlineData(100, 100, false)]
    [InlineData(100, 1000, false)]
    [InlineData(100, 90, false)]
    [InlineData(100, 89, true)]
    [InlineData(100, 1, true)]
    [InlineData(50, 45, false)]
    [InlineData(50, 44, true)]
    [InlineData(60, 54, false)]
    [InlineData(60, 53, true)]
    [InlineData(10, 5, false)]
    [InlineData(10, 4, true)]
    [InlineData(5, 1, false)]
    [InlineData(6, 1, false)]
    [InlineData(7, 1, true)]
    [InlineData(1000, 900, false)]
    [InlineData(1000, 899, true)]
    [InlineData(5, 0, true)]
    [InlineData(1, 0, true)]
    [InlineData(2_000_000_000, 1_800_000_000, false)]
    [InlineData(2_000_000_000, 1_799_999_999, true)]
    public void By_more_than_a_tenth_and_more_than_five_rows(int before, int now, bool doubted)
    {
        foreach (var list in Lists())
        {
            Assert.Equal(doubted, With(s_last, list, now).Doubt(With(s_last, list, before), policyEnabled: true) is not null);
        }
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void Each_list_is_judged_by_itself_and_named(string list)
    {
        var doubt = With(s_last, list, 42).Doubt(s_last, policyEnabled: true);

        Assert.Equal($"The read returned 42 {list}; the last complete one returned 100.", doubt!.Reason);
        Assert.Equal(
            "See whether that is true: another tenant, an Exchange account that no longer sees the whole organisation or a group that was changed looks like this. If it is true, run Invoke-ConnectorSync -Force; otherwise mend it and run the sync again.",
            doubt.Remedy);
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public void An_empty_list_is_doubted_and_named_also_before_the_first_complete_read(string list)
    {
        Assert.Contains($"no {list} (last complete read: 100)", With(s_last, list, 0).Doubt(s_last, policyEnabled: true)!.Reason, StringComparison.Ordinal);
        Assert.Contains($"no {list} (last complete read: 0)", With(s_last, list, 0).Doubt(null, policyEnabled: true)!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Several_doubts_are_all_told()
    {
        var doubt = new Baseline { Partnerships = 100, Mailboxes = 0, ManagedDevices = 50, Users = 100 }.Doubt(s_last, policyEnabled: true)!.Reason;

        Assert.Contains("no mailboxes", doubt, StringComparison.Ordinal);
        Assert.Contains("50 managed devices", doubt, StringComparison.Ordinal);
    }

    [Fact]
    public void A_first_read_with_rows_is_believed() => Assert.Null(s_last.Doubt(null, policyEnabled: true));

    [Fact]
    public void An_empty_tenant_denies_nobody_while_the_policy_is_off_but_a_loss_is_still_doubted()
    {
        var empty = new Baseline { Partnerships = 100, Mailboxes = 100, ManagedDevices = 0, Users = 0, IncludedUsers = 0 };

        Assert.Null(empty.Doubt(null, policyEnabled: false));
        Assert.NotNull(empty.Doubt(s_last, policyEnabled: false));
    }

    [Fact]
    public void An_organisation_without_devices_is_believed_while_the_policy_is_off()
    {
        var nothing = new Baseline { Partnerships = 0, Mailboxes = 0, ManagedDevices = 0, Users = 0 };

        Assert.Null(nothing.Doubt(null, policyEnabled: false));
        Assert.Null(nothing.Doubt(nothing, policyEnabled: false));
    }

    [Fact]
    public void Members_of_groups_are_judged_only_where_groups_are_included()
    {
        Assert.Null((s_last with { IncludedUsers = null }).Doubt(s_last, policyEnabled: true));
        Assert.Null((s_last with { IncludedUsers = 1 }).Doubt(s_last with { IncludedUsers = null }, policyEnabled: true));
    }

    [Theory]
    [InlineData(400, 40, true)]
    [InlineData(400, 359, true)]
    [InlineData(400, 360, false)]
    [InlineData(400, 1, true)]
    [InlineData(400, 0, false)]
    [InlineData(null, 40, false)]
    public void Excluded_groups_may_be_emptied_but_not_shrink(int? before, int now, bool doubted)
    {
        var doubt = (s_last with { ExcludedUsers = now }).Doubt(s_last with { ExcludedUsers = before }, policyEnabled: true);

        Assert.Equal(doubted ? $"The read returned {now} members of the excluded groups; the last complete one returned {before}." : null, doubt?.Reason);
        Assert.Null((s_last with { ExcludedUsers = now }).Doubt(null, policyEnabled: true));
    }

    [Fact]
    public void A_list_that_falls_short_of_intunes_count_is_doubted_until_that_is_normal()
    {
        var cut = s_last with { DeviceExcess = 30 };

        var doubt = cut.Doubt(s_last, policyEnabled: true)!;
        Assert.Equal("Intune counts 130 managed devices and listed 100.", doubt.Reason);
        Assert.Equal("Intune counts at intervals, so run the sync again in an hour; if the list is right all the same, run Invoke-ConnectorSync -Force, and the difference is normal from then on.", doubt.Remedy);
        Assert.Equal($"{doubt.Reason} {doubt.Remedy}", doubt.ToString());
        Assert.Null(cut.Doubt(cut, policyEnabled: true));
    }

    [Fact]
    public void It_counts_what_was_read()
    {
        var input = Some.Organization(7, static _ => ComplianceState.Compliant);
        var tenant = input.Tenant with { IncludedUsers = [Some.Id(200_001), Some.Id(200_002)], ManagedDevices = [.. input.Tenant.ManagedDevices.Take(5)], CountedDevices = 7 };

        var counted = Baseline.Of(input.Exchange with { Mailboxes = [.. input.Exchange.Mailboxes.Take(6)] }, tenant);

        Assert.Equal(new Baseline { Partnerships = 7, Mailboxes = 6, ManagedDevices = 5, Users = 7, IncludedUsers = 2, ExcludedUsers = 0, DeviceExcess = 2 }, counted);
        Assert.Null(Baseline.Of(input.Exchange, input.Tenant).IncludedUsers);
        Assert.Null(Baseline.Of(input.Exchange, input.Tenant).DeviceExcess);
        Assert.Equal(counted with { ExcludedUsers = 1 }, Baseline.Of(input.Exchange with { Mailboxes = [.. input.Exchange.Mailboxes.Take(6)] }, tenant with { ExcludedUsers = [Some.Id(1)] }));
    }

    private static Baseline With(Baseline baseline, string list, int count) => list switch
    {
        "partnerships" => baseline with { Partnerships = count },
        "mailboxes" => baseline with { Mailboxes = count },
        "managed devices" => baseline with { ManagedDevices = count },
        "users" => baseline with { Users = count },
        _ => baseline with { IncludedUsers = count },
    };
}
