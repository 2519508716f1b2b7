using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

/// <summary>What could not be matched, and why, is listed and explained: nobody, several, somebody else.</summary>
[Collection(nameof(Organisation))]
public sealed class DeviceReasonTests(DeviceReasonTests.Matched fixture) : IClassFixture<DeviceReasonTests.Matched>
{
    private Organisation Org => fixture.Organisation;

    [Fact]
    public void A_mailbox_without_a_user_and_one_with_two_have_reasons_of_their_own()
    {
        Assert.Equal(["LeaveToExchange UserNotFound"], Told($"-Mailbox {Org.Address(WorldNames.WithoutUser)}"));
        Assert.Equal(["LeaveToExchange UserAmbiguous"], Told($"-Mailbox {Org.Address(WorldNames.JoinedByAddress)}"));
        Assert.Equal(["LeaveToExchange UserNotTargeted"], Told($"-Mailbox {Org.Address(WorldNames.NotTargeted)}"));
    }

    [Fact]
    public void Several_reasons_are_asked_for_at_once()
    {
        var reasons = Org.Prepare("Get-ConnectorDevice -Name $Name -Reason UserAmbiguous, UserConflict, UserNotFound | ForEach-Object { [string]$_.Reason }").Objects.Distinct().Order();

        Assert.Equal(["UserAmbiguous", "UserConflict", "UserNotFound"], reasons);
        Assert.Equal(
            Org.Prepare("@(Get-ConnectorDevice -Name $Name | Where-Object Reason -In UserAmbiguous, NotEnrolled).Count").Objects,
            Org.Prepare("@(Get-ConnectorDevice -Name $Name -Reason NotEnrolled, UserAmbiguous).Count").Objects);
    }

    [Fact]
    public void Conflicts_are_asked_for_by_name()
    {
        var held = Org.Prepare("Get-ConnectorDevice -Name $Name -Conflict HeldByAdministrator, DeviceIdMissing | ForEach-Object { $_.Mailbox }").Objects;

        Assert.Contains(Org.Address(WorldNames.AdministratorBlock), held);
        Assert.Equal(Org.Prepare("(Get-IntuneExchangeConnector -Name $Name).LastRun.Conflicts").Objects.Single(), held.Count);
        Assert.StartsWith("CannotConvertArgumentNoMessage,", Assert.Single(Org.Run("Get-ConnectorDevice -Name $Name -Conflict Nonsense").Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void The_users_that_collide_are_named_and_so_is_the_way_out()
    {
        var explained = Org.Prepare($"Get-ConnectorDevice -Name $Name {Org.Address(WorldNames.JoinedByAddress)} | Test-ConnectorDeviceAccess -Name $Name | ForEach-Object {{ $_.Steps[-1].Input; $_.Steps[-1].Outcome; $_.NextStep }}").Objects;

        Assert.Equal($"2 users of the tenant carry a name of this mailbox (SmtpAddress): {string.Join(", ", fixture.Rivals.Order(System.StringComparer.OrdinalIgnoreCase))}", explained[0]);
        Assert.Equal("LeaveToExchange (UserAmbiguous)", explained[1]);
        Assert.All(fixture.Rivals, name => Assert.Contains(name, (string)explained[2]));
        Assert.Contains("Correct the duplicate", (string)explained[2]);
    }

    [Fact]
    public void Reasons_and_conflicts_are_completed()
    {
        Assert.Equal(["UserAmbiguous"], Org.Shell.Complete("Get-ConnectorDevice -Reason UserA"));
        Assert.Equal(["HeldByAdministrator"], Org.Shell.Complete("Get-ConnectorDevice -Conflict Held"));
    }

    private System.Collections.Generic.IEnumerable<object> Told(string parameters) =>
        Org.Prepare($"Get-ConnectorDevice -Name $Name {parameters} | ForEach-Object {{ \"$($_.Decision) $($_.Reason)\" }}").Objects;

    /// <summary>An organisation in which a second user carries the address by which a mailbox is joined.</summary>
    public sealed class Matched : IAsyncLifetime
    {
        private Organisation? _organisation;

        public Organisation Organisation => _organisation!;

        public string[] Rivals { get; private set; } = [];

        public async ValueTask InitializeAsync()
        {
            _organisation = await Organisation.StartAsync(options => options with { Partnerships = 320 });
            var state = _organisation.Exchange.State;
            var (address, owner, other, now) = state.Read(world =>
            {
                var mailbox = world.Mailboxes.Single(one => one.Alias == WorldNames.JoinedByAddress);
                return (mailbox.PrimarySmtpAddress, world.Users[mailbox.UserIndex], world.Users[world.Mailboxes.Single(one => one.Alias == WorldNames.Exempt).UserIndex], world.Options.Now);
            });
            state.Append(new UserChanged(other.Id) { At = now, AddAddress = address.ToUpperInvariant() });
            Rivals = [owner.UserPrincipalName, other.UserPrincipalName];
            _organisation.Install(sync: true);
        }

        public async ValueTask DisposeAsync()
        {
            if (_organisation is not null) await _organisation.DisposeAsync();
        }
    }
}
