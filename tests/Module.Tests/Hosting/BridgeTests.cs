using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Hosting;

public sealed class BridgeTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    private const string TakeJournal = "$journal = [IntuneExchangeConnector.Module.Probes.InvokeEndlessProbeCommand]::Journal; @($journal); $journal.Clear()";

    [Fact]
    public void What_the_engine_says_arrives_in_the_order_in_which_it_was_said()
    {
        Assert.Equal(
            [
                "Verbose: one",
                "Warning: two",
                "Output: three, on the pipeline thread: True",
                "Verbose: four, from within",
                "Warning: five",
                "Output: six, back on the pipeline thread: False; context captured: False",
            ],
            shell.Run("Invoke-OrderProbe -Verbose").Lines);
    }

    [Fact]
    public async Task A_stop_ends_work_that_says_nothing()
    {
        var transcript = await shell.Shell.StopAsync("Invoke-SilentProbe", record => record.Text == "under way", null, TestContext.Current.CancellationToken);

        Assert.Equal(["Warning: under way", "Host: stopped"], transcript.Lines);
    }

    [Fact]
    public async Task A_stop_ends_work_in_the_middle_of_its_output_and_waits_for_it()
    {
        var transcript = await shell.Shell.StopAsync("Invoke-EndlessProbe", record => record.Text == "row", null, TestContext.Current.CancellationToken);

        Assert.Equal("Host: stopped", transcript.Lines[^1]);
        Assert.Equal(["ended"], shell.Run(TakeJournal).Objects);
    }

    [Fact]
    public void A_loop_left_downstream_ends_the_work()
    {
        var transcript = shell.Run("foreach ($i in 1) { Invoke-EndlessProbe | ForEach-Object { break } }; " + TakeJournal);

        Assert.Equal(["ended"], transcript.Objects);
        Assert.Empty(transcript.Errors);
    }

    [Fact]
    public void A_warning_that_the_caller_turned_into_a_stop_stops()
    {
        var transcript = shell.Run("try { Invoke-EndlessProbe -WarningAction Stop; 'went on' } catch { $_.Exception.GetType().Name }; " + TakeJournal);

        Assert.Equal(["ActionPreferenceStopException", "ended"], transcript.Objects);
    }

    [Theory]
    [InlineData("")]
    [InlineData(" -OnPipelineThread")]
    public void A_failure_of_the_work_is_a_terminating_error_of_the_command(string where)
    {
        var transcript = shell.Run($"try {{ Invoke-FailureProbe -Failure ([InvalidOperationException]::new('broken')){where}; 'went on' }} catch {{ $_ }}");

        var error = Assert.IsType<System.Management.Automation.ErrorRecord>(Assert.Single(transcript.Objects));
        Assert.Equal("UnexpectedFailure,IntuneExchangeConnector.Module.Probes.InvokeFailureProbeCommand", error.FullyQualifiedErrorId);
        Assert.Equal("broken", error.Exception.Message);
    }

    [Fact]
    public void A_cancellation_that_nobody_asked_for_is_a_failure()
    {
        var transcript = shell.Run("try { Invoke-FailureProbe -Failure ([OperationCanceledException]::new('by itself')) } catch { $_.FullyQualifiedErrorId }");

        Assert.Equal(["Output: UnexpectedFailure,IntuneExchangeConnector.Module.Probes.InvokeFailureProbeCommand"], transcript.Lines);
    }

    [Fact]
    public void What_PowerShell_throws_to_end_a_pipeline_is_not_swallowed()
    {
        var transcript = shell.Run("Invoke-FailureProbe -Failure ([System.Management.Automation.PipelineStoppedException]::new()); 'went on'");

        Assert.Empty(transcript.Objects);
        Assert.DoesNotContain(transcript.Errors, error => error.FullyQualifiedErrorId.Contains("UnexpectedFailure"));
    }
}
