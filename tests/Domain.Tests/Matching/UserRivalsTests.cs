using System;
using System.Linq;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Matching;

public sealed class UserRivalsTests
{
    private static readonly Mailbox s_mailbox = Some.Mailbox();

    [Fact]
    public void A_mailbox_with_one_user_or_none_has_no_rivals()
    {
        Assert.Null(UserRivals.Of([], s_mailbox));
        Assert.Null(UserRivals.Of([Some.User()], s_mailbox));
        Assert.Null(UserRivals.Of([Some.User("bob", 2)], s_mailbox));
        Assert.Null(UserRivals.Of([Some.User(), Some.User()], s_mailbox));
    }

    [Fact]
    public void Only_those_who_carry_the_name_that_collides_are_named_in_an_order_of_their_own()
    {
        var byAddress = Stranger("lesser", 4) with { SmtpAddresses = ["JANE@contoso.com"] };
        TenantUser[] users = [byAddress, Account("zoe", 1), Stranger("other", 5), Account("Ann", 2)];

        foreach (var order in new[] { users, [.. Enumerable.Reverse<TenantUser>(users)] })
        {
            var rivals = UserRivals.Of(order, s_mailbox);

            Assert.Equal(UserJoin.SamAccountName, rivals?.Join);
            Assert.Equal("2 users of the tenant carry a name of this mailbox (SamAccountName): Ann@elsewhere.example, zoe@elsewhere.example", rivals?.ToString());
        }
    }

    [Fact]
    public void They_are_who_the_matcher_could_not_tell_apart()
    {
        TenantUser[] users = [Account("ann", 1), Account("bob", 2)];

        Assert.Equal(UserJoin.Ambiguous, new UserMatcher(users).Find(s_mailbox).Join);
        Assert.Equal(users, UserRivals.Of(users, s_mailbox)?.Users);
    }

    [Fact]
    public void Of_very_many_the_first_few_are_named()
    {
        var rivals = UserRivals.Of([.. Enumerable.Range(1, 7).Select(static i => Account($"u{i}", i))], s_mailbox);

        Assert.EndsWith("u4@elsewhere.example, u5@elsewhere.example and 2 more", rivals!.Names, StringComparison.Ordinal);
    }

    private static TenantUser Stranger(string name, int id) => new() { Id = Some.Id(id), UserPrincipalName = name + "@elsewhere.example" };

    private static TenantUser Account(string name, int id) => Stranger(name, id) with { OnPremisesSamAccountName = "JANE", OnPremisesDomainName = "contoso.com" };
}
