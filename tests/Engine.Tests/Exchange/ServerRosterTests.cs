using System;
using System.Collections.Generic;
using System.Linq;
using IntuneExchangeConnector.Domain.Organization;
using IntuneExchangeConnector.Engine.Exchange.Servers;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Exchange;

public sealed class ServerRosterTests
{
    private readonly FakeTimeProvider _time = new();
    private IReadOnlyList<KnownServer> _saved = [];

    [Fact]
    public void Before_anything_is_known_the_configured_server_is_all_there_is()
    {
        var roster = Roster([]);
        Assert.Equal(["ex1.contoso.com"], roster.Candidates());
        Assert.Empty(roster.Others());
    }

    [Fact]
    public void The_nearest_and_newest_follow_the_first_and_what_offers_no_session_is_left_out()
    {
        var roster = Roster([]);
        roster.Learn(
        [
            Server("ex1", "15.2.2562.17", "Rome"), Server("ex4", "15.2.1748.10", "Milan"), Server("ex3", "15.1.2507.6", "Rome"), Server("ex2", "15.2.1748.10", "Rome"),
            Server("old", "14.3.123.4", "Rome") with { IsClientAccessServer = false }, Server("edge", "15.2.1748.10", "Rome") with { IsEdgeServer = true },
        ]);
        Assert.Equal(["ex1.contoso.com", "ex2.contoso.com", "ex3.contoso.com", "ex4.contoso.com"], roster.Candidates());
    }

    [Fact]
    public void A_server_that_failed_is_tried_last_and_the_one_in_use_before_the_others()
    {
        var roster = Known();
        roster.Fail("ex1.contoso.com", "dead");
        Assert.Equal("ex1.contoso.com", roster.Use("ex3.contoso.com") ?? "ex1.contoso.com");
        Assert.Equal(["ex3.contoso.com", "ex2.contoso.com", "ex1.contoso.com"], roster.Candidates());
        Assert.True(roster.HasFailed("EX1.contoso.com"));
    }

    [Fact]
    public void What_a_run_learned_serves_the_next()
    {
        var first = Known();
        first.Use("ex1.contoso.com");
        first.Fail("ex1.contoso.com", "dead");
        first.Use("ex2.contoso.com");
        var second = Roster(_saved);
        Assert.Equal(["ex2.contoso.com", "ex3.contoso.com", "ex1.contoso.com"], second.Candidates());
        Assert.False(second.IsReturnDue);
        _time.Advance(ServerRoster.ProbeInterval);
        Assert.True(second.IsReturnDue);
        Assert.Equal("dead", _saved.Single(static known => known.FailedSince is not null).Failure);
    }

    [Fact]
    public void A_return_is_due_once_in_a_while_and_never_while_the_first_is_in_use()
    {
        var roster = Known();
        roster.Use("ex1.contoso.com");
        _time.Advance(TimeSpan.FromHours(1));
        Assert.False(roster.IsReturnDue);
        roster.Fail("ex1.contoso.com", "dead");
        roster.Use("ex2.contoso.com");
        Assert.False(roster.IsReturnDue);
        _time.Advance(ServerRoster.ProbeInterval);
        Assert.True(roster.IsReturnDue);
        roster.Fail("ex1.contoso.com", "still dead");
        Assert.False(roster.IsReturnDue);
        Assert.Equal("ex2.contoso.com", roster.Use("ex1.contoso.com"));
        Assert.Null(_saved.Single(static known => known.Server.Fqdn == "ex1.contoso.com").Failure);
    }

    [Fact]
    public void Since_when_a_server_fails_is_kept_through_further_failures()
    {
        var roster = Known();
        var began = _time.GetUtcNow();
        roster.Fail("ex2.contoso.com", "dead");
        _time.Advance(TimeSpan.FromMinutes(30));
        roster.Fail("ex2.contoso.com", "dead again");
        var known = _saved.Single(static known => known.Server.Fqdn == "ex2.contoso.com");
        Assert.Equal((began, began + TimeSpan.FromMinutes(30), "dead again"), (known.FailedSince, known.LastProbe, known.Failure));
    }

    [Fact]
    public void With_failover_off_only_the_first_is_tried_and_the_others_can_be_named()
    {
        var roster = Known(new ServerChoice("ex1.contoso.com", null, ["EX3"], Failover: false));
        Assert.Equal(["ex1.contoso.com"], roster.Candidates());
        Assert.Equal(["ex2.contoso.com"], roster.Others());
    }

    [Fact]
    public void The_preferred_server_is_first_and_an_excluded_one_is_never_tried()
    {
        var roster = Known(new ServerChoice("ex1.contoso.com", "ex3", ["ex1.contoso.com"], Failover: true));
        Assert.Equal("ex3.contoso.com", roster.First);
        Assert.Equal(["ex3.contoso.com", "ex2.contoso.com"], roster.Candidates());
    }

    [Fact]
    public void A_server_that_left_the_organisation_is_forgotten_and_an_alias_is_not()
    {
        var roster = Known(new ServerChoice("mail.contoso.com", null, [], Failover: true));
        roster.Use("mail.contoso.com");
        roster.Learn([Server("ex2", "15.2.1748.10", "Rome")]);
        Assert.Equal(["mail.contoso.com", "ex2.contoso.com"], roster.Candidates());
    }

    private ServerRoster Known(ServerChoice? choice = null)
    {
        var roster = Roster([], choice);
        roster.Learn([Server("ex1", "15.2.2562.17", "Rome"), Server("ex2", "15.2.1748.10", "Rome"), Server("ex3", "15.1.2507.6", "Rome")]);
        return roster;
    }

    private ServerRoster Roster(IReadOnlyList<KnownServer> remembered, ServerChoice? choice = null) =>
        new(choice ?? new ServerChoice("ex1.contoso.com", null, [], Failover: true), remembered, saved => _saved = saved, _time);

    private static ExchangeServer Server(string name, string version, string site) => new()
    {
        Name = name.ToUpperInvariant(),
        Fqdn = name + ".contoso.com",
        Version = new ExchangeVersion(new Version(version)),
        Role = "Mailbox",
        IsMailboxServer = true,
        Site = site,
    };
}
