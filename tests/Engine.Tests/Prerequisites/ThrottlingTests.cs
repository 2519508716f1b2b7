using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Prerequisites;
using IntuneExchangeConnector.Engine.Exchange.Inspection;
using IntuneExchangeConnector.Engine.Prerequisites.Checks;
using IntuneExchangeConnector.Engine.Tests.Exchange.Support;
using IntuneExchangeConnector.Engine.Tests.Prerequisites.Support;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Prerequisites;

public sealed class ThrottlingTests
{
    private static readonly PSObject[] s_policies =
    [
        Sessions.Policy("GlobalThrottlingPolicy_1", "Global", "18"), Sessions.Policy("Org", "Organization", "9"), Sessions.Policy("Own", "Regular", "Unlimited"), Sessions.Policy("Other", "Regular", "1"),
    ];

    [Theory]
    [InlineData("CN=Own", "Own", true, null)]
    [InlineData(null, "Org", false, 9)]
    [InlineData("CN=Unheard of", "Org", false, 9)]
    public async Task The_accounts_own_policy_goes_before_the_organisations(string? own, string name, bool isOwn, int? limit)
    {
        var session = Offering(own, s_policies);
        var allowance = await Sessions.Inspect(session).ReadAllowanceAsync("CONTOSO\\svc", TestContext.Current.CancellationToken);

        Assert.Equal(new SessionAllowance(name, isOwn, limit), allowance);
        Assert.Equal("CONTOSO\\svc", session.Sent.Single(command => command.Name == "Get-ThrottlingPolicyAssociation").Parameters["Identity"]);
    }

    [Fact]
    public async Task Without_an_organisations_policy_the_global_one_counts_and_on_2010_the_default_one()
    {
        Assert.Equal("GlobalThrottlingPolicy_1", (await ReadAsync(s_policies[0], s_policies[3]))!.Policy);
        Assert.Equal("DefaultThrottlingPolicy_2", (await ReadAsync(Sessions.Policy("Mine", null, "4", isDefault: false), Sessions.Policy("DefaultThrottlingPolicy_2", null, "18", isDefault: true)))!.Policy);
        Assert.Null(await ReadAsync());
    }

    [Theory]
    [InlineData(3, 1, PrerequisiteStatus.Passed)]
    [InlineData(2, 1, PrerequisiteStatus.Warning)]
    [InlineData(6, 4, PrerequisiteStatus.Passed)]
    [InlineData(5, 4, PrerequisiteStatus.Warning)]
    [InlineData(4, 4, PrerequisiteStatus.Warning)]
    [InlineData(3, 4, PrerequisiteStatus.Failed)]
    [InlineData(null, 100, PrerequisiteStatus.Passed)]
    public void The_limit_has_to_hold_the_sessions_and_what_is_left_for_people(int? limit, int sessions, PrerequisiteStatus expected)
    {
        var row = ThrottlingCheck.Judge("o'brien", new SessionAllowance("P", false, limit), sessions, "look");

        Assert.Equal(expected, row.Status);
        if (expected != PrerequisiteStatus.Passed) Assert.Contains($"-PowerShellMaxConcurrency {sessions + 2}; Set-ThrottlingPolicyAssociation -Identity 'o''brien'", row.Remedy);
        Assert.False(row.IsRequired);
    }

    [Fact]
    public async Task Where_the_session_shows_no_policy_the_row_is_skipped_with_the_command_to_run()
    {
        var rows = await new ExchangeChecks(Sessions.Inspect(Sessions.Whole()), "CONTOSO\\svc", 1).RunAsync(TestContext.Current.CancellationToken).ToListAsync();
        var row = rows.Of(PrerequisiteIds.ThrottlingPolicy, "CONTOSO\\svc");

        Assert.Equal(PrerequisiteStatus.Skipped, row.Status);
        Assert.StartsWith("Get-ThrottlingPolicyAssociation -Identity 'CONTOSO\\svc'", row.Remedy);
    }

    private static Task<SessionAllowance?> ReadAsync(params PSObject[] policies) => Sessions.Inspect(Offering(null, policies)).ReadAllowanceAsync("svc", TestContext.Current.CancellationToken);

    private static StubSession Offering(string? own, PSObject[] policies)
    {
        var answers = Sessions.Answers;
        answers["Get-ThrottlingPolicyAssociation"] = [FakeExchange.Row(("ObjectId", "svc"), ("ThrottlingPolicyId", own))];
        answers["Get-ThrottlingPolicy"] = policies;
        var session = Sessions.Whole(answers);
        session.Offered["Get-ThrottlingPolicy"] = ["Identity"];
        session.Offered["Get-ThrottlingPolicyAssociation"] = ["Identity"];
        return session;
    }
}
