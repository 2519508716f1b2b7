using IntuneExchangeConnector.Domain.Matching;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Matching;

public sealed class MailboxIndexTests
{
    private const string Dn = @"CN=Doe\, Jane,OU=Staff,DC=contoso,DC=com";
    private const string Canonical = "contoso.com/Staff/Doe, Jane";

    [Theory]
    [InlineData(Dn, Canonical, Dn, Canonical, 1)]
    [InlineData(Dn, Canonical, @"cn=doe\, jane,ou=STAFF,dc=contoso,dc=com", null, 1)]
    [InlineData(Dn, Canonical, null, "CONTOSO.COM/staff/doe, jane", 1)]
    [InlineData(null, Canonical, Dn, Canonical, 1)]
    [InlineData(Dn, Canonical, null, null, -1)]
    [InlineData(Dn, Canonical, "CN=Other,DC=contoso,DC=com", null, -1)]
    [InlineData(Dn, Canonical, "", "", -1)]
    [InlineData("", "", "", "", -1)]
    public void The_owner_is_found_by_distinguished_name_and_else_by_canonical_name(
        string? mailboxDn, string mailboxCanonical, string? ownerDn, string? ownerCanonical, int expected)
    {
        var index = new MailboxIndex(
        [
            Some.Mailbox("bob", 2),
            Some.Mailbox() with { DistinguishedName = mailboxDn, Identity = mailboxCanonical },
        ]);

        Assert.Equal(expected, index.OwnerOf(Some.Phone() with { OwnerDistinguishedName = ownerDn, OwnerCanonicalName = ownerCanonical }));
    }

    [Fact]
    public void The_distinguished_name_outranks_the_canonical_one()
    {
        var index = new MailboxIndex([Some.Mailbox("bob", 2), Some.Mailbox("jane", 1)]);

        Assert.Equal(1, index.OwnerOf(Some.Phone(owner: "jane") with { OwnerCanonicalName = "contoso.com/Users/bob" }));
    }

    [Fact]
    public void Two_mailboxes_with_one_canonical_name_own_nothing_by_it()
    {
        var index = new MailboxIndex(
        [
            Some.Mailbox("jane", 1) with { DistinguishedName = null },
            Some.Mailbox("jane", 2) with { DistinguishedName = null },
            Some.Mailbox("jane", 3) with { DistinguishedName = null },
        ]);

        Assert.Equal(-1, index.OwnerOf(Some.Phone(owner: "jane")));
    }
}
