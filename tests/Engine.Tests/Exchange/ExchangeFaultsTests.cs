using System;
using System.Linq;
using System.Management.Automation;
using System.Management.Automation.Remoting;
using CsCheck;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Engine.Exchange.Faults;
using IntuneExchangeConnector.Engine.Tests.Exchange.Support;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Exchange;

public sealed class ExchangeFaultsTests
{
    private const string Where = "[Server=EX1,RequestId=7d2,TimeStamp=02.11.2026 08:00:00] [FailureCategory=";

    [Theory]
    [InlineData("Cmdlet-ManagementObjectNotFoundException", "Der Vorgang konnte nicht ausgeführt werden.", nameof(ExchangeFaultKind.NotFound))]
    [InlineData("Cmdlet-ADTransientException", "Active Directory antwortet nicht.", nameof(ExchangeFaultKind.Transient))]
    [InlineData("Cmdlet-ADConstraintViolationException", "Zu viele Werte.", nameof(ExchangeFaultKind.Other))]
    [InlineData("Cmdlet-OverBudgetException", "Il limite è stato superato.", nameof(ExchangeFaultKind.Throttled))]
    [InlineData("Cmdlet-CmdletProxyException", "Error on proxy command.", nameof(ExchangeFaultKind.Proxy))]
    [InlineData("AuthZ-AuthorizationException", "Zugriff verweigert.", nameof(ExchangeFaultKind.AccessDenied))]
    [InlineData("AuthZ-CmdletAccessDeniedException", "Accès refusé.", nameof(ExchangeFaultKind.AccessDenied))]
    [InlineData("LiveID-InvalidCreds", "Nein.", nameof(ExchangeFaultKind.Authentication))]
    public void The_category_decides_whatever_the_language(string category, string text, string expected) =>
        Assert.Equal(expected, ExchangeFaults.Of(FakeExchange.Error($"{Where}{category}] 4A2B,Microsoft.Exchange.Management.Set", text)).Kind.ToString());

    [Fact]
    public void Too_many_sessions_is_throttling_though_the_category_says_authorisation() => Assert.Equal(
        ExchangeFaultKind.Throttled,
        ExchangeFaults.OfOpening(new PSRemotingTransportException("[AuthZRequestId=1][FailureCategory=AuthZ-AuthorizationException] Runspace kann nicht erstellt werden: MaxConcurrency. ActiveRunspaces: 18/18")).Kind);

    [Theory]
    [InlineData(5, nameof(ExchangeFaultKind.Authentication))]
    [InlineData(1326, nameof(ExchangeFaultKind.Authentication))]
    [InlineData(unchecked((int)0x803381A5), nameof(ExchangeFaultKind.Throttled))]
    [InlineData(unchecked((int)0x80338012), nameof(ExchangeFaultKind.Unreachable))]
    public void A_connection_that_is_not_made_is_told_apart_by_its_number(int number, string expected) =>
        Assert.Equal(expected, ExchangeFaults.OfOpening(new PSRemotingTransportException("Näheres im Hilfethema.") { ErrorCode = number }).Kind.ToString());

    [Fact]
    public void A_connection_that_breaks_under_a_command_is_a_lost_session() =>
        Assert.Equal(ExchangeFaultKind.SessionLost, ExchangeFaults.Of(new PSRemotingTransportException("weg")).Kind);

    [Theory]
    [InlineData("NamedParameterNotFound,Set-CASMailbox", nameof(ExchangeFaultKind.ParameterMissing))]
    [InlineData("CommandNotFoundException", nameof(ExchangeFaultKind.CmdletMissing))]
    [InlineData("ScriptsNotAllowed", nameof(ExchangeFaultKind.NoLanguage))]
    [InlineData("Anything", nameof(ExchangeFaultKind.Other))]
    public void The_id_decides_where_there_is_no_category(string id, string expected) =>
        Assert.Equal(expected, ExchangeFaults.Of(FakeExchange.Error(id, "Ein Text.")).Kind.ToString());

    [Fact]
    public void The_type_of_the_exception_decides_where_it_is_all_there_is() =>
        Assert.Equal(ExchangeFaultKind.Transient, ExchangeFaults.Of(FakeExchange.Error("x", "Text.", new TimeoutException())).Kind);

    [Theory]
    [InlineData("The operation couldn't be performed because object 'x' couldn't be found on 'dc1'.", nameof(ExchangeFaultKind.NotFound))]
    [InlineData("This user is allowed a maximum of 18 concurrent shells, which has been exceeded.", nameof(ExchangeFaultKind.Throttled))]
    [InlineData("The syntax is not supported by this runspace. This might be because it is in no-language mode.", nameof(ExchangeFaultKind.NoLanguage))]
    [InlineData("'jane' isn't within your current write scopes.", nameof(ExchangeFaultKind.AccessDenied))]
    public void Text_is_the_last_resort(string text, string expected) =>
        Assert.Equal(expected, ExchangeFaults.Of(FakeExchange.Error("x", text)).Kind.ToString());

    [Fact]
    public void Text_of_the_server_stays_one_bounded_harmless_line() => Gen.String.Sample(text =>
    {
        var clean = FaultText.Clean(text + "\u001b[31m\r\n\u202e\0");
        Assert.InRange(clean.Length, 1, FaultText.Limit + 1);
        Assert.DoesNotContain(clean, character => char.IsControl(character) || char.IsSurrogate(character) || character is '\u202e' or '\u2028');
    });

    [Fact]
    public void A_long_text_is_cut() => Assert.Equal(FaultText.Limit + 1, FaultText.Clean(new string('x', 100_000)).Length);

    [Fact]
    public void Every_kind_has_an_id_a_cause_and_a_remedy()
    {
        var failures = Enum.GetValues<ExchangeFaultKind>().Select(kind => ExchangeErrors.OfCommand(new(kind, "the server's text"), "Set-CASMailbox", "jane@contoso.com", "ex1")).ToArray();
        Assert.All(failures, failure =>
        {
            Assert.StartsWith("Exchange", failure.ErrorId, StringComparison.Ordinal);
            Assert.NotEmpty(failure.Remedy);
            Assert.NotEmpty(failure.Target);
        });
        Assert.Equal(ErrorIds.ExchangeSessionLost, failures[(int)ExchangeFaultKind.SessionLost].ErrorId);
        Assert.Equal("jane@contoso.com", failures[(int)ExchangeFaultKind.NotFound].Target);
        Assert.Contains("Mail Recipients", failures[(int)ExchangeFaultKind.AccessDenied].Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void An_exception_that_stayed_on_the_server_is_known_by_its_shape()
    {
        RemoteException remote = (RemoteException)Activator.CreateInstance(
            typeof(RemoteException), System.Reflection.BindingFlags.Instance | System.Reflection.BindingFlags.NonPublic, null,
            ["fort", Shape("Deserialized.Microsoft.Exchange.Configuration.Tasks.ManagementObjectNotFoundException"), null], null)!;
        Assert.Equal(ExchangeFaultKind.NotFound, ExchangeFaults.Of(new ErrorRecord(remote, "x", ErrorCategory.NotSpecified, null)).Kind);
    }

    private static PSObject Shape(string type)
    {
        PSObject shape = new();
        shape.TypeNames.Insert(0, type);
        return shape;
    }
}
