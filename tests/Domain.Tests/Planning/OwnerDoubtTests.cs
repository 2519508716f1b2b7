using System.Linq;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Planning;

/// <summary>Another customer's tenant knows nobody of this organisation: nothing is concluded from that.</summary>
public sealed class OwnerDoubtTests
{
    [Theory]
    [InlineData(100, 0, null, true)]
    [InlineData(100, 0, 100, true)]
    [InlineData(1, 0, 1, true)]
    [InlineData(1, 0, null, true)]
    [InlineData(100, 0, 0, false)]
    [InlineData(0, 0, 100, false)]
    [InlineData(100, 1, null, false)]
    [InlineData(100, 90, 100, false)]
    [InlineData(100, 89, 100, true)]
    [InlineData(100, 1, 100, true)]
    [InlineData(10, 5, 10, false)]
    [InlineData(10, 4, 10, true)]
    [InlineData(100, 100, 100, false)]
    [InlineData(120, 110, 100, false)]
    [InlineData(50, 50, 100, false)]
    [InlineData(50, 44, 100, true)]
    public void None_or_more_than_a_tenth_and_more_than_five_fewer_is_doubted_with_the_numbers(int owners, int matched, int? before, bool doubted)
    {
        var doubt = OwnerDoubt.Of(Plan(owners, matched), before, policyEnabled: true);

        Assert.Null(OwnerDoubt.Of(Plan(owners, matched), before, policyEnabled: false));
        Assert.Equal(doubted, doubt is not null);
        if (doubt is null) return;
        Assert.Equal(
            matched == 0
                ? $"None of the {owners} mailboxes with devices has a user in the tenant (last complete read: {before ?? 0})."
                : $"{matched} of {owners} mailboxes with devices have a user in the tenant; the last complete read found {before}.",
            doubt.Reason);
        Assert.Equal(
            "See whether the sign-in is of this organisation's tenant (Get-IntuneExchangeConnector names it) and whether directory synchronisation works (Test-ConnectorPrerequisite). If so many really have no user, run Invoke-ConnectorSync -Force.",
            doubt.Remedy);
    }

    [Fact]
    public void A_plan_counts_each_mailbox_with_devices_once()
    {
        var input = Some.Organization(5, static _ => ComplianceState.Compliant);
        var known = input with
        {
            Exchange = input.Exchange with { Partnerships = [.. input.Exchange.Partnerships.Skip(1), Some.Phone("SECOND", "user00002", 9), Some.Phone("validate", "user00001", 10)] },
            Tenant = input.Tenant with { Users = [.. input.Tenant.Users.Take(3)] },
        };

        var plan = PlanBuilder.Build(known);
        var part = PlanBuilder.Build(known with { IncludeSettings = false, Scope = new PlanScope { Mailboxes = [Some.Id(2)], Allowed = 2, Blocked = 0, LeftToExchange = 1, Conflicts = 0, Owners = 3, MatchedOwners = 1 } });

        Assert.Equal((4, 2), (plan.Owners, plan.MatchedOwners));
        Assert.Equal((4, 2), (part.Owners, part.MatchedOwners));
    }

    private static SyncPlan Plan(int owners, int matched) => new()
    {
        Changes = [],
        Assessments = [],
        LedgerNotes = [],
        SystemPartnerships = 0,
        Allowed = 0,
        Blocked = 0,
        LeftToExchange = 0,
        Conflicts = 0,
        Denials = 0,
        Owners = owners,
        MatchedOwners = matched,
    };
}
