using IntuneExchangeConnector.Domain.Matching;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Matching;

public sealed class DistinguishedNamesTests
{
    [Theory]
    [InlineData("CN=iPhone§APPL1,CN=ExchangeActiveSyncDevices,CN=Jane,DC=contoso,DC=com", 2, "CN=Jane,DC=contoso,DC=com")]
    [InlineData(@"CN=REST§Outlook§A1,CN=ExchangeActiveSyncDevices,CN=Doe\, Jane,OU=Staff,DC=contoso,DC=com", 2, @"CN=Doe\, Jane,OU=Staff,DC=contoso,DC=com")]
    [InlineData(@"CN=My\,Phone§A\,1,CN=ExchangeActiveSyncDevices,CN=Jane,DC=contoso,DC=com", 2, "CN=Jane,DC=contoso,DC=com")]
    [InlineData(@"CN=Ends with backslash\\,CN=Jane,DC=com", 1, "CN=Jane,DC=com")]
    [InlineData(@"CN=A\2CB,CN=Jane,DC=com", 1, "CN=Jane,DC=com")]
    [InlineData(@"CN=A\+B\=\""C\"",CN=Jane", 1, "CN=Jane")]
    [InlineData("CN=Jane,DC=com", 0, "CN=Jane,DC=com")]
    public void The_ancestor_is_what_remains_after_the_leading_parts(string name, int parts, string expected) =>
        Assert.Equal(expected, DistinguishedNames.Ancestor(name, parts));

    [Theory]
    [InlineData("CN=Jane", 1)]
    [InlineData("CN=Jane,DC=com", 2)]
    [InlineData("CN=Jane,", 1)]
    [InlineData("", 0)]
    [InlineData(@"CN=Jane\,DC=com", 1)]
    [InlineData(@"CN=Jane\", 1)]
    public void There_is_no_ancestor_past_the_last_part(string name, int parts) =>
        Assert.Null(DistinguishedNames.Ancestor(name, parts));

    [Theory]
    [InlineData("CN=Jane,OU=Staff,DC=contoso,DC=com", "contoso.com")]
    [InlineData("cn=Jane,dc=emea,dc=contoso,dc=com", "emea.contoso.com")]
    [InlineData(@"CN=Jane\,DC=evil\,DC=example,DC=contoso,DC=com", "contoso.com")]
    [InlineData("CN=DC=evil,DC=contoso,DC=com", "contoso.com")]
    [InlineData("OU=DC,DC=contoso,DC=com", "contoso.com")]
    [InlineData("CN=Jane", "")]
    [InlineData("DC=", "")]
    [InlineData("", "")]
    public void The_domain_is_made_of_the_DC_parts_alone(string name, string expected) =>
        Assert.Equal(expected, DistinguishedNames.DomainOf(name));
}
