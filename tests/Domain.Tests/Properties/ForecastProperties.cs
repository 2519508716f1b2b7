using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Properties;

/// <summary>The forecast of a default level holds what the plan of that level does, for any organisation.</summary>
public sealed class ForecastProperties
{
    private static readonly Gen<(PlanInput Input, ExchangeAccessLevel Level)> s_any = Gen.Select(Organizations.Full, Gen.Enum<ExchangeAccessLevel>());

    [Fact]
    public void Who_loses_mail_is_who_the_plan_denies() => All(static (input, level, forecast) =>
    {
        if (!input.Policy.Enabled) return;
        var denied = forecast.Plan.Assessments.Where(static device => device.LosesAccess).Select(static device => device.Partnership.Id);
        var lost = forecast.Rows.Where(static row => row.Effect is DefaultLevelEffect.Hit or DefaultLevelEffect.DeniedAnyway).Select(static row => row.PartnershipId);
        Assert.Equal(denied.Order(), lost.Order());
        Assert.Equal(forecast.Plan.Denials, lost.Count());
    });

    [Fact]
    public void The_level_as_it_is_hits_and_admits_nobody() => Organizations.Full.Sample(
        static input =>
        {
            var forecast = DefaultLevelForecast.Of(input, input.Exchange.Settings.DefaultAccessLevel);
            Assert.DoesNotContain(forecast.Rows, static row => row.Effect is DefaultLevelEffect.Hit or DefaultLevelEffect.Admitted);
        },
        iter: Organizations.Iterations,
        print: InputText.Of);

    [Fact]
    public void A_stricter_level_admits_nobody_and_a_looser_one_hits_nobody() => All(static (input, level, forecast) =>
    {
        var unthinkable = level > input.Exchange.Settings.DefaultAccessLevel ? DefaultLevelEffect.Admitted : DefaultLevelEffect.Hit;
        // An entry names an id: one that a phone needs under another level lets in a second phone of the mailbox with the same id.
        var alone = forecast.Rows.GroupBy(static row => (row.MailboxId, row.DeviceId.ToUpperInvariant())).Where(static rows => rows.Count() == 1).Select(static rows => rows.Single());
        Assert.DoesNotContain(alone, row => row.Effect == unthinkable);
    });

    [Fact]
    public void Every_partnership_is_there_once_and_says_what_covers_it() => All(static (input, level, forecast) =>
    {
        Assert.Equal(forecast.Plan.Assessments.Select(static device => device.Partnership.Id).Order(), forecast.Rows.Select(static row => row.PartnershipId).Order());
        foreach (var row in forecast.Rows)
        {
            var covered = row.Effect is DefaultLevelEffect.Covered or DefaultLevelEffect.DeniedAnyway or DefaultLevelEffect.AlreadyDenied;
            Assert.Equal(covered, row.CoveredBy is not null);
            Assert.Equal(covered, row.Cover != DefaultLevelCover.None);
            Assert.Equal(row.After == ExchangeAccessLevel.Allow, row.Effect is DefaultLevelEffect.Covered or DefaultLevelEffect.Admitted or DefaultLevelEffect.Unaffected);
        }
    });

    [Fact]
    public void The_order_of_the_rows_that_were_read_does_not_matter() => Gen.Select(s_any, Gen.Int).Sample(
        static (any, seed) => Assert.Equal(
            DefaultLevelForecast.Of(any.Input, any.Level).Rows,
            DefaultLevelForecast.Of(Shuffled.Of(any.Input, seed), any.Level).Rows),
        iter: Organizations.Iterations,
        print: static sample => InputText.Of(sample.Item1.Input));

    private static void All(Action<PlanInput, ExchangeAccessLevel, DefaultLevelForecast> property) => s_any.Sample(
        any => property(any.Input, any.Level, DefaultLevelForecast.Of(any.Input, any.Level)),
        iter: Organizations.Iterations,
        print: static any => $"{any.Level}: {InputText.Of(any.Input)}");
}
