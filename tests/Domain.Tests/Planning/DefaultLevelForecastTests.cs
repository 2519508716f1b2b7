using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;
using static IntuneExchangeConnector.Domain.Access.ExchangeAccessLevel;

namespace IntuneExchangeConnector.Domain.Tests.Planning;

/// <summary>Whom another default level would hit: Jane's one phone, and what stands between it and the level.</summary>
public sealed class DefaultLevelForecastTests
{
    // Left to Exchange as long as nobody says otherwise: no group includes its user.
    private static readonly PlanInput s_left = Outside(Some.Input(managed: []));

    [Theory]
    [InlineData(Quarantine)]
    [InlineData(Block)]
    public void A_device_that_lives_by_the_default_level_alone_is_hit(ExchangeAccessLevel level)
    {
        var row = One(s_left, level);

        Assert.Equal((Allow, level, DefaultLevelEffect.Hit), (row.Now, row.After, row.Effect));
        Assert.Equal((DefaultLevelCover.None, null), (row.Cover, row.CoveredBy));
        Assert.Equal((AccessDecision.LeaveToExchange, AccessReason.UserNotTargeted), (row.Decision, row.Reason));
        Assert.Equal(("jane@contoso.com", "APPL1", "iPhone", "iPhone15C2"), (row.Mailbox, row.DeviceId, row.DeviceType, row.DeviceModel));
        Assert.Equal((Some.Id(201), Some.Id(1)), (row.PartnershipId, row.MailboxId));
    }

    public static TheoryData<string, DefaultLevelEffect, DefaultLevelCover, string?> Covers() => new()
    {
        { "compliant, no entry yet", DefaultLevelEffect.Covered, DefaultLevelCover.PlannedEntry, "allow entry that the next sync writes (Compliant)" },
        { "compliant, entry of ours", DefaultLevelEffect.Covered, DefaultLevelCover.ConnectorEntry, "allow entry of this connector" },
        { "administrator's allow", DefaultLevelEffect.Covered, DefaultLevelCover.AdministratorEntry, "allow entry of an administrator" },
        { "allow rule", DefaultLevelEffect.Covered, DefaultLevelCover.DeviceRule, "device rule 'iPhone(DeviceType)' (Allow)" },
        { "block rule", DefaultLevelEffect.AlreadyDenied, DefaultLevelCover.DeviceRule, "device rule 'iPhone(DeviceType)' (Block)" },
        { "EAS off", DefaultLevelEffect.AlreadyDenied, DefaultLevelCover.ActiveSyncDisabled, "ActiveSync is switched off for the mailbox" },
        { "administrator's block", DefaultLevelEffect.AlreadyDenied, DefaultLevelCover.AdministratorEntry, "block entry of an administrator" },
        { "blocked by us", DefaultLevelEffect.AlreadyDenied, DefaultLevelCover.ConnectorEntry, "block entry of this connector" },
        { "not enrolled", DefaultLevelEffect.DeniedAnyway, DefaultLevelCover.PlannedEntry, "block entry that the next sync writes (NotEnrolled)" },
        { "entry of ours that is withdrawn", DefaultLevelEffect.Hit, DefaultLevelCover.None, null },
        { "compliant, left to the default level", DefaultLevelEffect.Hit, DefaultLevelCover.None, null },
        { "mailbox not read", DefaultLevelEffect.Hit, DefaultLevelCover.None, null },
    };

    [Theory]
    [MemberData(nameof(Covers))]
    public void What_stands_between_a_device_and_the_level_is_told(string what, DefaultLevelEffect effect, DefaultLevelCover cover, string? text)
    {
        var allowed = Some.Mailbox() with { AllowedDeviceIds = ["appl1"] };
        var blocked = Some.Mailbox() with { BlockedDeviceIds = ["appl1"] };
        var input = what switch
        {
            "compliant, no entry yet" => Some.Input(),
            "compliant, entry of ours" => Some.Input(mailbox: allowed, ledger: [Some.Entry(EntryList.Allowed)]),
            "administrator's allow" => Outside(Some.Input(mailbox: allowed)),
            "allow rule" => Outside(Some.Input(rules: [Some.Rule(Allow)])),
            "block rule" => Outside(Some.Input(rules: [Some.Rule(Block)])),
            "EAS off" => Outside(Some.Input(mailbox: Some.Mailbox() with { ActiveSyncEnabled = false })),
            "administrator's block" => Outside(Some.Input(mailbox: blocked)),
            "blocked by us" => Some.Input(mailbox: blocked, managed: [], ledger: [Some.Entry(EntryList.Blocked)]),
            "not enrolled" => Some.Input(managed: []),
            "entry of ours that is withdrawn" => Outside(Some.Input(mailbox: allowed, ledger: [Some.Entry(EntryList.Allowed)])),
            "compliant, left to the default level" => Some.Input(Some.Policy with { OverrideDefaultRule = false }),
            "mailbox not read" => s_left with { Exchange = s_left.Exchange with { Mailboxes = [] } },
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };

        var row = One(input, Quarantine);

        Assert.Equal((effect, cover, text), (row.Effect, row.Cover, row.CoveredBy));
    }

    [Fact]
    public void A_looser_level_admits_and_hits_nobody()
    {
        var row = One(Outside(Some.Input(level: Block)), Allow);

        Assert.Equal((Block, Allow, DefaultLevelEffect.Admitted), (row.Now, row.After, row.Effect));
        Assert.Equal(DefaultLevelEffect.Unaffected, One(Some.Input(mailbox: Some.Mailbox() with { AllowedDeviceIds = ["APPL1"] }, level: Block), Allow).Effect);
    }

    [Fact]
    public void A_stricter_level_for_who_is_out_already_is_no_hit()
    {
        var row = One(Outside(Some.Input(level: Quarantine)), Block);

        Assert.Equal((Quarantine, Block, DefaultLevelEffect.AlreadyDenied, "default level Quarantine already"), (row.Now, row.After, row.Effect, row.CoveredBy));
    }

    [Fact]
    public void What_the_policy_itself_wants_of_the_level_plays_no_part()
    {
        var input = s_left with { Policy = s_left.Policy with { DefaultAccessLevel = WantedAccessLevel.Block } };

        Assert.Equal(DefaultLevelEffect.Hit, One(input, Block).Effect);
        Assert.Equal(DefaultLevelEffect.Unaffected, One(input, Allow).Effect);
    }

    [Fact]
    public void With_the_policy_switched_off_the_level_is_thought_of_alone()
    {
        var forecast = DefaultLevelForecast.Of(Some.Input(Some.Policy with { Enabled = false }), Quarantine);

        Assert.Equal(DefaultLevelEffect.Hit, Assert.Single(forecast.Rows).Effect);
        Assert.Empty(forecast.Plan.Changes);
    }

    [Fact]
    public void The_plan_is_the_one_that_a_full_sync_would_make()
    {
        var input = Some.Input() with { IncludeSettings = false };

        var plan = DefaultLevelForecast.Of(input, Quarantine).Plan;

        Assert.Equal(["allow APPL1", "set Quarantine (was Allow)"], plan.Changes.Select(static change => change.Action));
    }

    private static PlanInput Outside(PlanInput input) => input with { Tenant = input.Tenant with { IncludedUsers = [Some.Id(999)] } };

    private static DefaultLevelRow One(PlanInput input, ExchangeAccessLevel level) => Assert.Single(DefaultLevelForecast.Of(input, level).Rows);
}
