using System.Linq;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Binding;

public sealed class CompletionTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    [Theory]
    [InlineData("de", "Default")]
    [InlineData("DE", "Default")]
    [InlineData("'de", "Default")]
    [InlineData("con", "'Contoso North'", "contoso.com")]
    [InlineData("o'", "'O''Hara'")]
    [InlineData("$(", "'$(evil)'")]
    [InlineData("a", "'anna@contoso.com'")]
    [InlineData("-", "'-Force'")]
    [InlineData("zzz")]
    public void Names_are_matched_without_case_and_quoted_where_the_shell_would_misread_them(string word, params string[] expected)
    {
        var offered = shell.Run(
            "param($Word) ConvertTo-CompletionProbe -Word $Word -Candidate 'Default', 'default', 'Contoso North', 'contoso.com', \"O'Hara\", '$(evil)', 'anna@contoso.com', '-Force', ''",
            new() { ["Word"] = word }).Objects;

        Assert.Equal(expected, offered);
    }

    [Fact]
    public void A_name_that_could_write_to_the_terminal_is_not_offered()
    {
        Assert.Equal(["ok"], shell.Run("ConvertTo-CompletionProbe -Word '' -Candidate \"bad`e[2J\", 'ok'").Objects);
    }

    [Fact]
    public void Fifty_are_offered_at_most()
    {
        Assert.Equal(50, shell.Run("ConvertTo-CompletionProbe -Word n -Candidate (1..1000 | ForEach-Object { \"n$_\" })").Objects.Count);
    }

    [Fact]
    public void The_search_ends_in_an_organisation_of_any_size()
    {
        Assert.Equal(["first"], shell.Run("ConvertTo-CompletionProbe -Word f -Candidate first -Endless").Objects);
    }

    [Theory]
    [InlineData("Set-ConnectorAccessPolicy -DefaultAccessLevel ", "Unmanaged", "Allow", "Block", "Quarantine")]
    [InlineData("Get-ConnectorDevice -Decision L", "LeaveToExchange")]
    [InlineData("Install-IntuneExchangeConnector -Environment USGov", "USGov", "USGovDoD")]
    public void Choices_are_completed_from_their_type(string line, params string[] expected)
    {
        Assert.Equal(expected.Order(), shell.Shell.Complete(line).Order());
    }

    [Fact]
    public void Where_nothing_can_be_read_nothing_is_offered_and_nothing_is_said()
    {
        Assert.Empty(shell.Shell.Complete("Get-ConnectorDevice -Name None -Mailbox a"));
        Assert.Empty(shell.Run("$Error.Count").Errors);
    }
}
