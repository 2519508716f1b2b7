using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Module.Harness;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Hosting;

public sealed class ErrorTests(ModuleShell shell) : IClassFixture<ModuleShell>
{
    [Theory]
    [InlineData("InvalidInput", ErrorCategory.InvalidArgument)]
    [InlineData("NotFound", ErrorCategory.ObjectNotFound)]
    [InlineData("AlreadyExists", ErrorCategory.ResourceExists)]
    [InlineData("Authentication", ErrorCategory.AuthenticationError)]
    [InlineData("PermissionDenied", ErrorCategory.PermissionDenied)]
    [InlineData("Unreachable", ErrorCategory.ConnectionError)]
    [InlineData("Throttled", ErrorCategory.LimitsExceeded)]
    [InlineData("InvalidData", ErrorCategory.InvalidData)]
    [InlineData("Busy", ErrorCategory.ResourceBusy)]
    [InlineData("Storage", ErrorCategory.WriteError)]
    [InlineData("NotSupported", ErrorCategory.NotInstalled)]
    [InlineData("ServerFault", ErrorCategory.InvalidResult)]
    public void A_failure_becomes_a_record_with_id_category_target_message_and_remedy(string kind, ErrorCategory category)
    {
        var error = Assert.Single(Record(kind).Errors);

        Assert.StartsWith("GroupNotFound,", error.FullyQualifiedErrorId);
        Assert.Equal(category, error.CategoryInfo.Category);
        Assert.Equal("the group", error.TargetObject);
        Assert.Equal("What happened.", error.ErrorDetails.Message);
        Assert.Equal("What to do.", error.ErrorDetails.RecommendedAction);
        Assert.Equal("ConnectorException", error.Exception.GetType().Name);
    }

    [Fact]
    public void Every_kind_of_failure_has_a_category_of_its_own()
    {
        var kinds = shell.Run("[Enum]::GetNames([IntuneExchangeConnector.Domain.Errors.ErrorKind])").Objects.Cast<string>().ToList();
        var categories = kinds.Select(kind => Record(kind).Errors[0].CategoryInfo.Category).ToList();

        Assert.DoesNotContain(ErrorCategory.NotSpecified, categories);
        Assert.Equal(kinds.Count, categories.Distinct().Count());
    }

    [Fact]
    public void A_defect_says_that_it_is_one()
    {
        var error = Assert.Single(shell.Run("ConvertTo-ErrorProbe -Failure ([NullReferenceException]::new('oops'))").Errors);

        Assert.StartsWith("UnexpectedFailure,", error.FullyQualifiedErrorId);
        Assert.Contains("defect", error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_servers_text_cannot_write_to_the_terminal_through_an_error()
    {
        var error = Assert.Single(shell.Run("ConvertTo-ErrorProbe -Failure ([Exception]::new(\"a`e]0;title`ab\"))").Errors);

        Assert.Equal("a\uFFFD]0;title\uFFFDb", error.ErrorDetails.Message);
    }

    [Fact]
    public void A_failed_run_is_told_with_its_own_failure_and_where_to_look()
    {
        var error = Assert.Single(shell.Run("ConvertTo-FailedRunProbe -FailureId ExchangeSessionLost").Errors);

        Assert.StartsWith("ExchangeSessionLost,", error.FullyQualifiedErrorId);
        Assert.Equal("Exchange went away.", error.ErrorDetails.Message);
        Assert.Contains("Get-ConnectorSyncHistory -RunId 0f8fad5b-d9cb-469f-a165-70867728950e", error.ErrorDetails.RecommendedAction);
        Assert.Equal("SyncResult", error.TargetObject.GetType().Name);
    }

    [Fact]
    public void What_to_do_about_a_failed_run_comes_first_and_the_history_after_it()
    {
        var error = Assert.Single(shell.Run("ConvertTo-FailedRunProbe -FailureId GraphPermissionMissing -FailureRemedy 'Consent at https://login.example.'").Errors);

        Assert.Equal(
            "Consent at https://login.example. Get-ConnectorSyncHistory -RunId 0f8fad5b-d9cb-469f-a165-70867728950e -IncludeChange shows how far it came.",
            error.ErrorDetails.RecommendedAction);
    }

    [Fact]
    public void A_run_that_failed_without_saying_why_still_has_an_id()
    {
        Assert.StartsWith("SyncFailed,", Assert.Single(shell.Run("ConvertTo-FailedRunProbe").Errors).FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("00:00:59", "0 minutes")]
    [InlineData("01:59:59", "119 minutes")]
    [InlineData("02:00:00", "2 hours")]
    [InlineData("1.23:59:00", "47 hours")]
    [InlineData("2.00:00:00", "2 days")]
    [InlineData("-00:05:00", "0 minutes")]
    public void Ages_are_told_as_people_say_them(string age, string expected)
    {
        Assert.Equal([expected], shell.Run($"ConvertTo-AgeProbe -Age ([timespan]'{age}')").Objects);
    }

    private Transcript Record(string kind) => shell.Run(
        $"ConvertTo-ErrorProbe -Failure ([IntuneExchangeConnector.Domain.Errors.ConnectorException]::new('GroupNotFound', '{kind}', 'the group', 'What happened.', 'What to do.'))");
}
