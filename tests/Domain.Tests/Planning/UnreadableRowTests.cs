using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Planning;

/// <summary>Where rows of the tenant could not be read, nothing is written that rests on a row being absent: it may be one of them.</summary>
public sealed class UnreadableRowTests
{
    [Theory]
    [InlineData(ExchangeAccessLevel.Allow)]
    [InlineData(ExchangeAccessLevel.Quarantine)]
    public void A_phone_that_seems_not_enrolled_stays_as_it_is_and_is_told(ExchangeAccessLevel level)
    {
        var input = Some.Input(mailbox: Some.Mailbox() with { AllowedDeviceIds = ["APPL1"] }, managed: [], ledger: [Some.Entry(EntryList.Allowed)], level: level);

        var believed = PlanBuilder.Build(input);
        var doubted = PlanBuilder.Build(Unread(input));

        Assert.Equal((1, 0), (believed.Denials, believed.Withheld));
        Assert.True(doubted.IsEmpty);
        Assert.Equal((0, 1, 1), (doubted.Denials, doubted.Withheld, doubted.Blocked));
        Assert.Equal("1 devices stay as they are, because rows of the tenant could not be read and may be theirs (the first: APPL1 of jane@contoso.com, NotEnrolled).", Assert.Single(doubted.Warnings));
    }

    [Fact]
    public void Neither_a_missing_user_nor_a_missing_membership_nor_a_colleagues_phone_takes_an_entry()
    {
        var input = Some.Input(mailbox: Some.Mailbox() with { AllowedDeviceIds = ["APPL1"] }, ledger: [Some.Entry(EntryList.Allowed)]);
        PlanInput[] inputs =
        [
            input with { Tenant = input.Tenant with { Users = [] } },
            input with { Tenant = input.Tenant with { IncludedUsers = [] }, Policy = input.Policy with { IncludedGroups = ["00000000-0000-0000-0000-000000000009"] } },
            input with { Tenant = input.Tenant with { ManagedDevices = [Some.Managed(user: 102)] } },
        ];

        Assert.All(inputs, one => Assert.False(PlanBuilder.Build(one).IsEmpty));
        Assert.All(inputs, one => Assert.True(PlanBuilder.Build(Unread(one)).IsEmpty));
    }

    [Fact]
    public void What_was_read_counts_as_ever()
    {
        var input = Some.Organization(20, static number => number % 2 == 0 ? ComplianceState.Compliant : ComplianceState.NonCompliant);

        var plan = PlanBuilder.Build(Unread(input));

        Assert.Equal((10, 10, 10, 0), (plan.Allowed, plan.Blocked, plan.Denials, plan.Withheld));
        Assert.Equal(PlanText.Writes(PlanBuilder.Build(input)), PlanText.Writes(plan));
        Assert.Empty(plan.Warnings);
    }

    [Fact]
    public void The_order_of_rows_does_not_change_what_is_told()
    {
        var input = Unread(Some.Organization(20, static _ => ComplianceState.Compliant));
        input = input with { Tenant = input.Tenant with { ManagedDevices = [] } };
        var turned = input with { Exchange = input.Exchange with { Partnerships = [.. input.Exchange.Partnerships.Reverse()] } };

        Assert.Equal(20, PlanBuilder.Build(input).Withheld);
        Assert.Equal(PlanBuilder.Build(input).Warnings, PlanBuilder.Build(turned).Warnings);
    }

    private static PlanInput Unread(PlanInput input) => input with { Tenant = input.Tenant with { Unreadable = [new UnreadableRow("managed device 7", "no id")] } };
}
