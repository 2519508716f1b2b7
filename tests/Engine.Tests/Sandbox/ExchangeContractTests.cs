using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Contract;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

public sealed class ExchangeContractTests(ExchangeSessionFixture session) : IClassFixture<ExchangeSessionFixture>
{
    // What a restricted endpoint has beside Exchange's cmdlets.
    private static readonly string[] s_housekeeping =
        ["Exit-PSSession", "Get-Command", "Get-FormatData", "Get-Help", "Measure-Object", "Out-Default", "Select-Object"];

    [Fact]
    public void The_session_offers_the_contracts_cmdlets_and_the_few_that_remoting_needs()
    {
        ExchangeAnswer commands = session.Run("Get-Command");

        Assert.Equal(
            CmdletContract.All.Keys.Concat(s_housekeeping).Order(),
            commands.Column("Name").Order());
    }

    [Fact]
    public void Every_cmdlet_has_the_documented_parameter_sets_parameters_and_mandatory_ones()
    {
        // Written out, a set is a syntax line; the engine gives names and lines in the same order.
        ExchangeAnswer named = session.Run(shell => shell
            .AddCommand("Get-Command").AddParameter("Name", CmdletContract.All.Keys.ToArray())
            .AddCommand("Select-Object").AddParameter("Property", new[] { "Name", "ParameterSets" }));
        ExchangeAnswer written = session.Run("Get-Command", ("Name", CmdletContract.All.Keys.ToArray()));
        Assert.Equal(CmdletContract.All.Count, named.Objects.Count);

        foreach ((PSObject names, PSObject lines) in named.Objects.Zip(written.Objects))
        {
            string command = ExchangeAnswer.Text(names, "Name");
            Assert.Equal(command, ExchangeAnswer.Text(lines, "Name"));
            Dictionary<string, ISet<string>> live = SetNames(names)
                .Zip(ExchangeAnswer.List(lines, "ParameterSets"), (name, syntax) => (name, syntax))
                .ToDictionary(s => s.name, s => Parameters(s.syntax));
            Dictionary<string, ISet<string>> documented = CmdletContract.All[command].Sets.ToDictionary(
                s => s.Name.Length == 0 ? ParameterAttribute.AllParameterSets : s.Name,
                ISet<string> (s) => s.Parameters.Select(p => p.Mandatory ? $"{p.Name} (mandatory)" : p.Name).ToHashSet());

            Assert.Equal(documented.Keys.Order(), live.Keys.Order());
            Assert.All(documented, set => Assert.True(
                set.Value.SetEquals(live[set.Key]),
                $"{command} {set.Key}: missing {string.Join(' ', set.Value.Except(live[set.Key]))}, surplus {string.Join(' ', live[set.Key].Except(set.Value))}"));
        }
    }

    [Theory]
    [InlineData("Set-CASMailbox", "ActiveSyncAllowedDeviceIDs", "Object")]
    [InlineData("Set-CASMailbox", "ActiveSyncEnabled", "System.Boolean")]
    [InlineData("Set-ActiveSyncOrganizationSettings", "DefaultAccessLevel", "DeviceAccessLevel")]
    [InlineData("Get-MobileDevice", "Monitoring", "SwitchParameter")]
    public void Discovery_tells_parameters_with_their_types(string command, string parameter, string type)
    {
        PSObject found = session.Run(shell => shell
            .AddCommand("Get-Command").AddParameter("Name", command)
            .AddCommand("Select-Object").AddParameter("Property", "Parameters")).Single;

        var parameters = (System.Collections.Hashtable)((PSObject)found.Properties["Parameters"].Value).BaseObject;
        Assert.EndsWith(type, ExchangeAnswer.Text((PSObject)parameters[parameter]!, "ParameterType"));
    }

    [Fact]
    public void A_parameter_that_Exchange_does_not_have_does_not_bind()
    {
        ErrorRecord? failure = session.Run("Get-MobileDevice", ("DeviceId", "x")).Failure;

        Assert.NotNull(failure);
        Assert.StartsWith("NamedParameterNotFound", failure.FullyQualifiedErrorId);
        Assert.Equal("ParameterBindingException", failure.CategoryInfo.Reason);
    }

    [Fact]
    public void A_value_outside_an_enumeration_does_not_bind()
    {
        ErrorRecord? failure = session.Run("Set-ActiveSyncOrganizationSettings", ("DefaultAccessLevel", "Discard")).Failure;

        Assert.NotNull(failure);
        Assert.StartsWith("CannotConvertArgument", failure.FullyQualifiedErrorId);
        Assert.Contains("Allow, Block, Quarantine", failure.Exception.Message);
    }

    [Fact]
    public void An_object_that_came_from_Exchange_does_not_bind_as_an_identity()
    {
        PSObject mailbox = session.Run("Get-CASMailbox", ("ResultSize", 1)).Objects[0];

        ErrorRecord? failure = session.Run("Get-CASMailbox", ("Identity", mailbox)).Failure;

        Assert.NotNull(failure);
        Assert.Contains("Deserialized.Microsoft.Exchange.Data.Directory.Management.CASMailbox", failure.Exception.Message);
        Assert.Contains("Microsoft.Exchange.Configuration.Tasks.MailboxIdParameter", failure.Exception.Message);
    }

    [Theory]
    [InlineData("Set-CASMailbox")]
    [InlineData("Get-MobileDeviceStatistics")]
    [InlineData("Remove-MobileDevice")]
    public void An_identity_that_must_be_there_cannot_be_nothing(string command)
    {
        ErrorRecord? failure = session.Run(command, ("Identity", null)).Failure;

        Assert.NotNull(failure);
        Assert.StartsWith("ParameterArgumentValidationErrorNullNotAllowed", failure.FullyQualifiedErrorId);
    }

    private static IEnumerable<string> SetNames(PSObject command) =>
        ((System.Collections.ArrayList)((PSObject)command.Properties["ParameterSets"].Value).BaseObject)
            .Cast<PSObject>().Select(s => ExchangeAnswer.Text(s, "Name"));

    // [[-Name] <type>] and [-Name <type>] are optional, [-Name] <type> and -Name <type> are mandatory.
    private static ISet<string> Parameters(string syntax)
    {
        HashSet<string> parameters = [];
        for (int at = syntax.IndexOf('-'); at >= 0; at = syntax.IndexOf('-', at + 1))
        {
            if (at > 0 && syntax[at - 1] is not ('[' or ' '))
                continue;
            int end = at + 1;
            while (end < syntax.Length && char.IsAsciiLetterOrDigit(syntax[end]))
                end++;
            string name = syntax[(at + 1)..end];
            bool bracketed = at > 0 && syntax[at - 1] == '[';
            bool valueFollows = string.CompareOrdinal(syntax, end, "] <", 0, 3) == 0;
            bool optional = bracketed && (!valueFollows || (at > 1 && syntax[at - 2] == '['));
            parameters.Add(optional ? name : $"{name} (mandatory)");
        }

        return parameters;
    }
}
