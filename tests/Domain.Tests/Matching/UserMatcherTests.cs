using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Matching;

public sealed class UserMatcherTests
{
    // The mailbox carries every name there is; which users exist decides by which one it is joined.
    private static readonly Mailbox s_mailbox = Some.Mailbox() with { SmtpAddresses = ["jane@contoso.com", "jd@contoso.com"] };

    private static readonly UserJoin[] s_order =
        [UserJoin.DistinguishedName, UserJoin.ObjectGuid, UserJoin.SamAccountName, UserJoin.SmtpAddress, UserJoin.UserPrincipalName];

    public static TheoryData<UserJoin> Names() => [.. s_order];

    public static TheoryData<UserJoin, UserJoin> Pairs()
    {
        var rows = new TheoryData<UserJoin, UserJoin>();
        for (var stronger = 0; stronger < s_order.Length; stronger++)
        {
            for (var weaker = stronger + 1; weaker < s_order.Length; weaker++) rows.Add(s_order[stronger], s_order[weaker]);
        }

        return rows;
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Each_name_alone_joins(UserJoin name)
    {
        var user = Carrier(name, 1);

        Assert.Equal(new UserMatch(user, name), Find(Carrier(null, 9), user));
    }

    [Theory]
    [MemberData(nameof(Pairs))]
    public void The_earlier_name_settles_it_when_two_users_carry_one_each(UserJoin stronger, UserJoin weaker)
    {
        var right = Carrier(stronger, 1);

        Assert.Equal(new UserMatch(right, stronger), Find(Carrier(weaker, 2), right));
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Two_users_with_the_name_are_ambiguous_and_nobody_is_taken(UserJoin name) =>
        Assert.Equal(new UserMatch(null, UserJoin.Ambiguous), Find(Carrier(name, 1), Carrier(name, 2)));

    [Theory]
    [MemberData(nameof(Names))]
    public void Three_users_with_the_name_are_as_ambiguous_as_two(UserJoin name) =>
        Assert.Equal(UserJoin.Ambiguous, Find(Carrier(name, 1), Carrier(name, 2), Carrier(name, 3)).Join);

    [Theory]
    [MemberData(nameof(Pairs))]
    public void An_ambiguous_earlier_name_is_not_rescued_by_a_later_one(UserJoin stronger, UserJoin weaker) =>
        Assert.Equal(UserJoin.Ambiguous, Find(Carrier(weaker, 3), Carrier(stronger, 1), Carrier(stronger, 2)).Join);

    [Theory]
    [MemberData(nameof(Names))]
    public void A_row_that_the_tenant_returned_twice_is_one_user(UserJoin name)
    {
        var match = Find(Carrier(name, 1), Carrier(name, 1));

        Assert.Equal((Some.Id(1), name), (match.User?.Id, match.Join));
    }

    [Fact]
    public void Nobody_carries_a_name_of_the_mailbox() =>
        Assert.Equal(new UserMatch(null, UserJoin.None), Find(Carrier(null, 1), Carrier(null, 2)));

    [Fact]
    public void Any_of_the_proxy_addresses_joins_whatever_the_case()
    {
        var user = Carrier(null, 1) with { SmtpAddresses = ["other@contoso.com", "JD@Contoso.com"] };

        Assert.Equal(new UserMatch(user, UserJoin.SmtpAddress), Find(user));
    }

    [Theory]
    [InlineData(UserJoin.SmtpAddress)]
    [InlineData(UserJoin.UserPrincipalName)]
    public void Addresses_that_belong_to_different_users_are_ambiguous(UserJoin name)
    {
        static TenantUser With(UserJoin name, int id, string address) => name == UserJoin.SmtpAddress
            ? Carrier(null, id) with { SmtpAddresses = [address] }
            : Carrier(null, id) with { UserPrincipalName = address };

        Assert.Equal(UserJoin.Ambiguous, Find(With(name, 1, "jane@contoso.com"), With(name, 2, "jd@contoso.com")).Join);
    }

    [Fact]
    public void One_user_with_several_of_the_addresses_is_one_user()
    {
        var user = Carrier(null, 1) with { SmtpAddresses = ["jd@contoso.com", "jane@contoso.com", "JANE@contoso.com"] };

        Assert.Equal(new UserMatch(user, UserJoin.SmtpAddress), Find(user));
    }

    [Theory]
    [InlineData("jane", "contoso.com", true)]
    [InlineData("JANE", "CONTOSO.COM", true)]
    [InlineData("jane", "emea.contoso.com", false)]
    [InlineData("jane", "", false)]
    [InlineData("jane", null, false)]
    [InlineData("bob", "contoso.com", false)]
    public void An_account_name_counts_only_with_its_domain(string account, string? domain, bool joined)
    {
        var user = Carrier(null, 1) with { OnPremisesSamAccountName = account, OnPremisesDomainName = domain };

        Assert.Equal(joined ? UserJoin.SamAccountName : UserJoin.None, Find(user).Join);
    }

    [Fact]
    public void The_domain_comes_from_the_canonical_name_where_there_is_no_distinguished_one()
    {
        var user = Carrier(UserJoin.SamAccountName, 1);
        var mailbox = s_mailbox with { DistinguishedName = null };

        Assert.Equal(UserJoin.SamAccountName, new UserMatcher([user]).Find(mailbox).Join);
        Assert.Equal(UserJoin.None, new UserMatcher([user]).Find(mailbox with { Identity = "jane" }).Join);
    }

    [Fact]
    public void Empty_names_join_nothing()
    {
        var mailbox = s_mailbox with { DistinguishedName = "", SamAccountName = "", PrimarySmtpAddress = "", SmtpAddresses = [""], Identity = "/Users/jane" };
        var user = Carrier(null, 1) with { OnPremisesDistinguishedName = "", OnPremisesSamAccountName = "", OnPremisesDomainName = "", SmtpAddresses = [""], UserPrincipalName = "" };

        Assert.Equal(UserJoin.None, new UserMatcher([user]).Find(mailbox).Join);
    }

    private static UserMatch Find(params TenantUser[] users)
    {
        var match = new UserMatcher(users).Find(s_mailbox);
        Assert.Equal(match, new UserMatcher([.. Enumerable.Reverse<TenantUser>(users)]).Find(s_mailbox) with { User = match.User });
        return match;
    }

    private static TenantUser Carrier(UserJoin? name, int id)
    {
        var stranger = new TenantUser { Id = Some.Id(id), UserPrincipalName = $"stranger{id}@elsewhere.example" };
        return name switch
        {
            UserJoin.DistinguishedName => stranger with { OnPremisesDistinguishedName = s_mailbox.DistinguishedName!.ToUpperInvariant() },
            UserJoin.ObjectGuid => stranger with { OnPremisesObjectGuid = s_mailbox.Id },
            UserJoin.SamAccountName => stranger with { OnPremisesSamAccountName = "Jane", OnPremisesDomainName = "Contoso.com" },
            UserJoin.SmtpAddress => stranger with { SmtpAddresses = ["Jane@Contoso.com"] },
            UserJoin.UserPrincipalName => stranger with { UserPrincipalName = "JANE@contoso.com" },
            _ => stranger,
        };
    }
}
