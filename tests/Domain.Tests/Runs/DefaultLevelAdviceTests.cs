using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Runs;

public sealed class DefaultLevelAdviceTests
{
    [Fact]
    public void Counts_are_those_of_the_rows()
    {
        var preview = Preview(
            Row(DefaultLevelEffect.Hit, "a", grandfather: true), Row(DefaultLevelEffect.Hit, "A"), Row(DefaultLevelEffect.Hit, "b", grandfather: false),
            Row(DefaultLevelEffect.Covered, "c", "x"), Row(DefaultLevelEffect.Covered, "c", "y"), Row(DefaultLevelEffect.AlreadyDenied, "c", "y"),
            Row(DefaultLevelEffect.DeniedAnyway, "d", "z"), Row(DefaultLevelEffect.Admitted, "d"), Row(DefaultLevelEffect.Unaffected, "d")) with { ActiveWithin = TimeSpan.FromDays(30) };

        Assert.Equal((9, 3, 2), (preview.Partnerships, preview.Hit, preview.HitMailboxes));
        Assert.Equal((2, 1, 1, 1, 1), (preview.Covered, preview.AlreadyDenied, preview.DeniedAnyway, preview.Admitted, preview.Unaffected));
        Assert.Equal((1, 1), (preview.Grandfather, preview.Unknown));
        Assert.Equal([new("y", 2), new("x", 1), new("z", 1)], preview.Coverage);
        Assert.Equal((null, 0), ((preview with { ActiveWithin = null }).Grandfather, (preview with { ActiveWithin = null }).Unknown));
    }

    [Fact]
    public void With_nobody_hit_there_is_only_the_way_to_set_it()
    {
        var step = Assert.Single(DefaultLevelAdvice.For(Preview(Row(DefaultLevelEffect.Covered, "a", "x")), Some.Policy));

        Assert.Contains("Set-ConnectorAccessPolicy -DefaultAccessLevel Quarantine, then Invoke-ConnectorSync -Full", step, StringComparison.Ordinal);
    }

    [Fact]
    public void Who_is_hit_is_told_with_the_way_to_learn_who_uses_it()
    {
        var steps = DefaultLevelAdvice.For(Preview(Row(DefaultLevelEffect.Hit, "a"), Row(DefaultLevelEffect.Hit, "b")), Some.Policy);

        Assert.StartsWith("2 devices of 2 mailboxes would lose mail", steps[0], StringComparison.Ordinal);
        Assert.Contains("-ActiveWithin 30", steps[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void What_exists_to_keep_them_in_is_told_honestly(bool replaces)
    {
        var preview = Preview(Row(DefaultLevelEffect.Hit, "a", grandfather: true), Row(DefaultLevelEffect.Hit, "b")) with { ActiveWithin = TimeSpan.FromDays(30) };

        var steps = DefaultLevelAdvice.For(preview, Some.Policy with { OverrideAdministratorEntry = replaces });

        Assert.Equal("1 of the 2 devices that would lose mail synced in the last 30 days (Rows, Grandfather). Of 1 nobody could say.", steps[0]);
        Assert.StartsWith("No command of this module keeps those in", steps[1], StringComparison.Ordinal);
        Assert.Contains("Set-CASMailbox -ActiveSyncAllowedDeviceIDs @{Add=", steps[1], StringComparison.Ordinal);
        Assert.Equal(replaces, steps[1].Contains("-OverrideAdministratorEntry", StringComparison.Ordinal));
    }

    [Fact]
    public void Compliant_devices_that_are_hit_a_held_run_and_who_is_let_in_are_told()
    {
        var preview = Preview(Row(DefaultLevelEffect.Hit, "a") with { Reason = AccessReason.DefaultRule }, Row(DefaultLevelEffect.Admitted, "b")) with { HeldReason = "Too many." };

        var steps = DefaultLevelAdvice.For(preview, Some.Policy);

        Assert.Contains("-OverrideDefaultRule $true lets them in", steps[0], StringComparison.Ordinal);
        Assert.StartsWith("1 devices that get no mail now would get it", steps[2], StringComparison.Ordinal);
        Assert.Contains("would be held: Too many. ", steps[3], StringComparison.Ordinal);
        Assert.Contains("Invoke-ConnectorSync -Full -Force", steps[3], StringComparison.Ordinal);
    }

    [Fact]
    public void With_the_policy_switched_off_that_comes_first_and_no_sync_is_advised()
    {
        var steps = DefaultLevelAdvice.For(Preview(Row(DefaultLevelEffect.Hit, "a")) with { PolicyEnabled = false }, Some.Policy);

        Assert.StartsWith("The access policy is switched off", steps[0], StringComparison.Ordinal);
        Assert.DoesNotContain(steps, static step => step.StartsWith("To set the level", StringComparison.Ordinal));
    }

    private static DefaultLevelPreview Preview(params DefaultLevelRow[] rows) => new()
    {
        Connector = "Default",
        CurrentLevel = ExchangeAccessLevel.Allow,
        Level = ExchangeAccessLevel.Quarantine,
        AsOf = Some.Now,
        PolicyEnabled = true,
        Rows = rows,
    };

    private static DefaultLevelRow Row(DefaultLevelEffect effect, string mailbox, string? coveredBy = null, bool? grandfather = null) => new()
    {
        Mailbox = mailbox,
        DeviceId = "APPL1",
        Now = ExchangeAccessLevel.Allow,
        After = ExchangeAccessLevel.Quarantine,
        Effect = effect,
        CoveredBy = coveredBy,
        Decision = AccessDecision.LeaveToExchange,
        Reason = AccessReason.UserNotTargeted,
        Grandfather = grandfather,
        PartnershipId = Some.Id(1),
    };
}
