using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Matching;

public sealed class DeviceMatcherTests
{
    private static readonly TenantUser s_jane = Some.User("jane", 101);

    [Theory]
    [InlineData("APPL1", "APPL1", DeviceJoin.Matched)]
    [InlineData("APPL1", "appl1", DeviceJoin.Matched)]
    [InlineData("APPL1", "APPL2", DeviceJoin.None)]
    [InlineData("", "", DeviceJoin.None)]
    [InlineData("APPL1", "", DeviceJoin.None)]
    public void Ids_are_joined_without_case_and_an_empty_id_joins_nothing(string partnership, string managed, DeviceJoin expected)
    {
        var matcher = new DeviceMatcher([Some.Managed(managed)]);

        Assert.Equal(expected, matcher.Find(new EasDeviceId(partnership), s_jane, anyUser: false).Join);
        Assert.Equal(expected, matcher.Find(new EasDeviceId(partnership), s_jane, anyUser: true).Join);
    }

    [Theory]
    [InlineData("own", false, DeviceJoin.Matched, "own-1")]
    [InlineData("own", true, DeviceJoin.Matched, "own-1")]
    [InlineData("other", false, DeviceJoin.OtherUser, "other-1")]
    [InlineData("other", true, DeviceJoin.Matched, "other-1")]
    [InlineData("nobody's", false, DeviceJoin.OtherUser, "nobody-1")]
    [InlineData("nobody's", true, DeviceJoin.Matched, "nobody-1")]
    [InlineData("own+other", false, DeviceJoin.Matched, "own-1")]
    [InlineData("own+other", true, DeviceJoin.Matched, "own-1")]
    [InlineData("own+own+other", false, DeviceJoin.Matched, "own-1,own-2")]
    [InlineData("other+nobody's", false, DeviceJoin.OtherUser, "nobody-1,other-1")]
    [InlineData("other+nobody's", true, DeviceJoin.Matched, "nobody-1,other-1")]
    public void The_user_must_agree_unless_the_policy_ignores_it(string owners, bool anyUser, DeviceJoin join, string candidates)
    {
        var counts = new Dictionary<string, int>();
        var devices = owners.Split('+').Select(owner =>
        {
            var kind = owner.Replace("'s", string.Empty, StringComparison.Ordinal);
            counts[kind] = counts.GetValueOrDefault(kind) + 1;
            var device = Some.Managed(id: $"{kind}-{counts[kind]}");
            return device with { UserId = kind switch { "own" => s_jane.Id, "other" => Some.Id(102), _ => null } };
        }).ToList();

        foreach (var order in new[] { devices, Enumerable.Reverse(devices).ToList() })
        {
            var match = new DeviceMatcher(order).Find(new EasDeviceId("APPL1"), s_jane, anyUser);

            Assert.Equal(join, match.Join);
            Assert.Equal(candidates.Split(','), match.Candidates.Select(static device => device.Id).Order(StringComparer.Ordinal));
        }
    }

    [Theory]
    [InlineData("b:3", "a:1", "b")]
    [InlineData("b:1", "a:3", "a")]
    [InlineData("b:2", "a:2", "a")]
    [InlineData("b:0", "a:-", "b")]
    [InlineData("b:-", "a:-", "a")]
    public void The_newest_check_in_then_the_id_is_the_one_shown(string first, string second, string shown)
    {
        static ManagedDevice Device(string text)
        {
            var parts = text.Split(':');
            return Some.Managed(id: parts[0]) with { LastSync = parts[1] == "-" ? null : Some.Now.AddDays(int.Parse(parts[1], null)) };
        }

        Assert.Equal(shown, new DeviceMatcher([Device(first), Device(second)]).Find(new EasDeviceId("APPL1"), s_jane, false).Shown?.Id);
        Assert.Equal(shown, new DeviceMatcher([Device(second), Device(first)]).Find(new EasDeviceId("APPL1"), s_jane, false).Shown?.Id);
    }

    [Fact]
    public void Without_a_user_no_device_is_the_user_s()
    {
        var match = new DeviceMatcher([Some.Managed() with { UserId = null }]).Find(new EasDeviceId("APPL1"), null, anyUser: false);

        Assert.Equal(DeviceJoin.OtherUser, match.Join);
    }

    [Fact]
    public void A_single_candidate_is_a_list_of_one()
    {
        var match = new DeviceMatcher([Some.Managed()]).Find(new EasDeviceId("APPL1"), s_jane, anyUser: false);

        Assert.Equal([match.Shown!], match.Candidates);
        Assert.Same(match.Shown, match.Candidates[0]);
        Assert.Throws<ArgumentOutOfRangeException>(() => match.Candidates[1]);
    }
}
