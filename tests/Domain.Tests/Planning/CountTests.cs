using System.Linq;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Planning;

/// <summary>Nothing is dropped silently, and nothing is done on half a read.</summary>
public sealed class CountTests
{
    [Fact]
    public void Every_partnership_is_decided_left_out_or_counted_as_Exchange_s_own()
    {
        var input = Some.Organization(6, static number => number == 2 ? ComplianceState.Error : ComplianceState.Compliant);
        var mailboxes = input.Exchange.Mailboxes.Select(static (mailbox, place) => place == 5 ? mailbox with { DisplayName = "CAS_{1234}" } : mailbox).Skip(1);
        input = input with
        {
            Exchange = input.Exchange with
            {
                Mailboxes = [.. mailboxes],
                Partnerships = [.. input.Exchange.Partnerships, Some.Phone("X", "user00002", 901, "TestActiveSyncConnectivity"), Some.Phone("validate", "nobody", 902)],
            },
            Tenant = input.Tenant with { Users = [.. input.Tenant.Users.Where(static user => user.Id != Some.Id(200_003))] },
        };

        var plan = PlanBuilder.Build(input);

        Assert.Equal((2, 1, 2, 3), (plan.Allowed, plan.Blocked, plan.LeftToExchange, plan.SystemPartnerships));
        Assert.Equal(input.Exchange.Partnerships.Count, plan.Assessments.Count + plan.SystemPartnerships);
    }

    [Fact]
    public void What_was_found_or_not_is_told_with_the_decision()
    {
        var plan = PlanBuilder.Build(Some.Input(phones: [Some.Phone(), Some.Phone("APPL2", id: 202), Some.Phone("APPL3", id: 203)], managed: [Some.Managed(), Some.Managed("APPL3", user: 555, id: "managed-3")]));

        var devices = plan.Assessments.OrderBy(static device => device.Partnership.Id).ToList();
        Assert.All(devices, static device => Assert.Equal((Some.Id(101), UserJoin.DistinguishedName), (device.Owner!.Id, device.OwnerJoin)));
        Assert.Equal([DeviceJoin.Matched, DeviceJoin.None, DeviceJoin.OtherUser], devices.Select(static device => device.DeviceJoin));
        Assert.Equal(["managed-1", null, "managed-3"], devices.Select(static device => device.Device?.Id));
        Assert.Equal([AccessReason.Compliant, AccessReason.NotEnrolled, AccessReason.UserConflict], devices.Select(static device => device.Reason));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("CN=unknown,DC=contoso,DC=com")]
    public void Neighbours_that_share_no_useful_distinguished_name_are_told_apart_by_their_canonical_one(string? distinguishedName)
    {
        var input = Some.Organization(3, static _ => ComplianceState.Compliant);
        input = input with
        {
            Exchange = input.Exchange with
            {
                Mailboxes = [.. input.Exchange.Mailboxes.Select(static mailbox => mailbox with { DistinguishedName = null })],
                Partnerships = [.. input.Exchange.Partnerships.Select(phone => phone with { OwnerDistinguishedName = distinguishedName })],
            },
            Tenant = input.Tenant with { Users = [.. input.Tenant.Users.Select(static (user, place) => user with { OnPremisesObjectGuid = Some.Id(place + 1) })] },
        };

        var plan = PlanBuilder.Build(input);

        Assert.Equal(["user00001", "user00002", "user00003"], plan.Assessments.Select(static device => device.Mailbox?.DisplayName).Order(System.StringComparer.Ordinal));
        Assert.Equal(3, plan.Allowed);
    }

    [Theory]
    [InlineData("devices were cut", null)]
    [InlineData(null, "users were cut")]
    [InlineData("devices were cut", "users were cut")]
    public void An_incomplete_read_decides_and_changes_nothing(string? exchange, string? tenant)
    {
        var input = Some.Input(
            Some.Policy with { DefaultAccessLevel = Domain.Policy.WantedAccessLevel.Block },
            Some.Mailbox() with { AllowedDeviceIds = ["APPL1", "APPL2"] },
            managed: [],
            ledger: [Some.Entry(EntryList.Allowed), Some.Entry(EntryList.Allowed, "APPL2", missingDays: 30), Some.Entry(EntryList.Blocked, "APPL3")]);
        input = input with { Exchange = input.Exchange with { Incomplete = exchange }, Tenant = input.Tenant with { Incomplete = tenant } };

        var plan = PlanBuilder.Build(input);

        Assert.Equal((AccessDecision.Block, AccessReason.NotEnrolled), (plan.Assessments[0].Decision, plan.Assessments[0].Reason));
        Assert.True(plan.IsEmpty);
        Assert.Empty(plan.LedgerNotes);
        Assert.Equal(0, plan.Denials);
    }
}
