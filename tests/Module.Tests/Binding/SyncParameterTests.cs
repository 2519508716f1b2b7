using IntuneExchangeConnector.Module.Harness;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Binding;

public sealed class SyncParameterTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    [Fact]
    public void Full_and_quick_exclude_each_other()
    {
        Assert.StartsWith("AmbiguousParameterSet,", Assert.Single(shell.Run("Invoke-ConnectorSync -Full -Quick").Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void Secrets_are_taken_in_protected_form_only()
    {
        Assert.StartsWith("CannotConvertArgumentNoMessage,", Assert.Single(shell.Run("Invoke-ConnectorSync -AccessToken 'eyJ0'").Errors).FullyQualifiedErrorId);
    }

    [Fact]
    public void Confirm_asks_once_and_no_means_that_nothing_happens()
    {
        shell.Shell.Answers.Enqueue(2);
        var transcript = shell.Run("Invoke-ConnectorSync -Name One -Confirm");

        Assert.Equal("asked: Synchronize Exchange with the decisions of connector \"One\"?", Assert.Single(transcript.Lines)["Host: ".Length..]);
    }

    [Fact]
    public void Nothing_is_asked_where_nobody_said_confirm()
    {
        Assert.Empty(shell.Run("$ConfirmPreference = 'Medium'; Invoke-ConnectorSync -Name None; $ConfirmPreference = 'High'").Of(ShellStream.Host));
    }

    [Fact]
    public void A_dry_run_says_first_whose_it_is()
    {
        Assert.Equal("What if: Synchronize Exchange with the decisions of connector \"None\".", shell.Run("Invoke-ConnectorSync -Name None -WhatIf").Of(ShellStream.Host)[0]);
    }
}
