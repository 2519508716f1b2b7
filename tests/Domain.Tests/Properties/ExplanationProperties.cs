using System;
using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;
using static IntuneExchangeConnector.Domain.Tests.Builders.ModelOrganization;

namespace IntuneExchangeConnector.Domain.Tests.Properties;

/// <summary>What is told of a device is what a run would do with it.</summary>
public sealed class ExplanationProperties
{
    [Fact]
    public void The_explanation_agrees_with_the_plan() => Organizations.All(Organizations.Full, static (input, plan) =>
    {
        var explained = DeviceExplainer.Explain(input);
        var assessed = plan.Assessments.Where(static device => device.Mailbox is not null).ToList();

        Assert.Equal(assessed.Count, explained.Count);
        var after = Apply(input, plan);
        foreach (var device in assessed)
        {
            var told = explained.Single(one => one.Mailbox == device.Mailbox!.PrimarySmtpAddress
                && one.DeviceId == device.Partnership.DeviceId.Value
                && one.DeviceType == device.Partnership.DeviceType);
            var combined = device.CombinedDecision != device.Decision;
            var letsIn = LetsIn(input, device.Partnership, device.Mailbox);

            Assert.Equal((device.Decision, device.Reason, device.Conflict), (told.Decision, told.Reason, told.Conflict));
            Assert.Equal($"{device.Decision} ({device.Reason})", told.Steps[combined ? ^2 : ^1].Outcome);
            if (combined) Assert.Equal(device.CombinedDecision.ToString(), told.Steps[^1].Outcome);
            Assert.Equal(letsIn, told.ExchangeLevel == ExchangeAccessLevel.Allow);
            Assert.Contains(told.ExchangeSteps, step => step.Outcome == told.ExchangeLevel.ToString());

            var change = plan.Changes.OfType<MailboxChange>().SingleOrDefault(own => own.MailboxId == device.Mailbox!.Id);
            var changes = change?.Evidence.Any(evidence => evidence.DeviceId == device.Partnership.DeviceId) == true;
            var silent = device.Conflict != AccessConflict.None || (device.Decision == AccessDecision.Allow && !device.Mailbox!.ActiveSyncEnabled);
            Assert.Equal(changes && !silent, told.NextStep.Contains($"({change?.Action})", StringComparison.Ordinal));
            if (told.NextStep.StartsWith("Nothing:", StringComparison.Ordinal))
            {
                Assert.True(letsIn);
                Assert.True(LetsIn(after, device.Partnership, MailboxOf(after, device)));
            }
        }
    });
}
