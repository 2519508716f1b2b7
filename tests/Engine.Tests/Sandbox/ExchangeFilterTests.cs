using System;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Sandbox;

public sealed class ExchangeFilterTests(ExchangeSessionFixture session) : IClassFixture<ExchangeSessionFixture>
{
    public static TheoryData<string, Func<SandboxPartnership, bool>> DeviceFilters => new()
    {
        { "DeviceType -eq 'iPad'", d => d.DeviceType == "iPad" },
        { "DeviceType -eq \"IPAD\"", d => d.DeviceType == "iPad" },
        { "DeviceType -ne 'iPad'", d => d.DeviceType != "iPad" },
        { "DeviceType -like 'SAMSUNG*'", d => d.DeviceType.StartsWith("SAMSUNG", StringComparison.Ordinal) },
        { "DeviceUserAgent -like '*/12*'", d => d.DeviceUserAgent?.Contains("/12", StringComparison.Ordinal) == true },
        { "DeviceUserAgent -notlike 'Apple*'", d => d.DeviceUserAgent?.StartsWith("Apple", StringComparison.Ordinal) != true },
        { "DeviceModel -eq $null", d => d.DeviceModel is null },
        { "DeviceModel -ne $null", d => d.DeviceModel is not null },
        { "-not (DeviceType -eq 'iPhone')", d => d.DeviceType != "iPhone" },
        { "-not DeviceType -eq 'iPhone' -and DeviceType -ne 'iPad'", d => d.DeviceType is not ("iPhone" or "iPad") },
        { "DeviceType -eq 'iPad' -or DeviceType -eq 'iPhone' -and DeviceOS -eq $null", d => d.DeviceType == "iPad" || (d.DeviceType == "iPhone" && d.DeviceOS is null) },
        { "(DeviceType -eq 'iPad' -or DeviceType -eq 'iPhone') -and DeviceOS -eq $null", d => d.DeviceType is "iPad" or "iPhone" && d.DeviceOS is null },
        { "FirstSyncTime -lt '2026-01-01'", d => d.FirstSyncTime < new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero) },
        { "ProvisioningFlags -eq 0", _ => true },
    };

    [Theory]
    [MemberData(nameof(DeviceFilters), DisableDiscoveryEnumeration = true)]
    public void A_filter_leaves_what_it_says(string filter, Func<SandboxPartnership, bool> expected)
    {
        string[] guids = [.. session.World.Partnerships
            .Where(d => session.World.Mailboxes[d.MailboxIndex].RecipientTypeDetails != "MonitoringMailbox")
            .Where(expected).Select(d => d.Guid.ToString())];
        Assert.NotEmpty(guids);

        ExchangeAnswer answer = session.Run("Get-MobileDevice", ("Filter", filter));

        answer.Succeeds();
        Assert.Equal(guids, answer.Column("Guid"));
    }

    [Fact]
    public void The_usual_filter_leaves_out_old_test_mailboxes_and_those_without_devices()
    {
        ExchangeAnswer answer = session.Run("Get-CASMailbox", ("Filter", "HasActiveSyncDevicePartnership -eq $true -and -not DisplayName -like 'CAS_{*'"));

        Assert.DoesNotContain(session.Mailbox(WorldNames.OldTestMailbox).DisplayName, answer.Column("Name"));
        Assert.DoesNotContain(session.Mailbox(WorldNames.Leftover).DisplayName, answer.Column("Name"));
        Assert.Contains(session.Mailbox(WorldNames.Ordinary).DisplayName, answer.Column("Name"));
    }

    [Fact]
    public void A_quote_in_a_value_is_doubled_and_lists_match_by_any_of_their_values()
    {
        SandboxMailbox quoted = session.Mailbox(WorldNames.Apostrophe);
        string name = quoted.DisplayName.Replace("'", "''", StringComparison.Ordinal);
        Assert.Equal(quoted.Guid, session.Run("Get-Recipient", ("Filter", $"DisplayName -eq '{name}'")).Single.Properties["Guid"].Value);

        SandboxMailbox leftover = session.Mailbox(WorldNames.Leftover);
        Assert.Equal(leftover.Guid, session.Run("Get-Recipient", ("Filter", $"ActiveSyncAllowedDeviceIDs -like '{leftover.AllowedDeviceIds[0][..8]}*'")).Single.Properties["Guid"].Value);
    }

    [Fact]
    public void A_policy_is_compared_by_its_distinguished_name_and_the_default_is_nothing()
    {
        string policy = $"CN={WorldNames.ExecutivePolicy},CN=Mobile Mailbox Policies,{session.World.OrganizationDistinguishedName}";
        int assigned = session.World.Mailboxes.Count(m => m.MailboxPolicy == WorldNames.ExecutivePolicy);
        Assert.NotEqual(0, assigned);

        Assert.Equal(assigned, session.Run("Get-CASMailbox", ("Filter", $"ActiveSyncMailboxPolicy -eq '{policy}'")).Objects.Count);
        Assert.Equal([WorldNames.DefaultPolicy], session.Run("Get-CASMailbox", ("Filter", "ActiveSyncMailboxPolicy -eq $null")).Column("ActiveSyncMailboxPolicy").Distinct());
    }

    [Theory]
    [InlineData("DeviceType = 'iPad'")]
    [InlineData("DeviceType -match 'iPad'")]
    [InlineData("DeviceType -eq iPad")]
    [InlineData("DeviceType -eq 'iPad")]
    [InlineData("(DeviceType -eq 'iPad'")]
    [InlineData("DeviceType -eq 'iPad')")]
    [InlineData("DeviceType -eq")]
    [InlineData("DeviceType")]
    [InlineData("DeviceType -eq 'iPad' -and")]
    [InlineData("DeviceType -eq 'iPad'; Get-CASMailbox")]
    [InlineData("DeviceType -like 'i*d'")]
    [InlineData("DeviceType -like $null")]
    [InlineData("DeviceType -eq $(Get-CASMailbox)")]
    [InlineData("WhenChangedUTC -gt '2026-01-01'")]
    [InlineData("LastSuccessSync -gt '2026-01-01'")]
    public void What_is_no_filter_or_names_another_property_is_an_error(string filter)
    {
        ErrorRecord? failure = session.Run("Get-MobileDevice", ("Filter", filter)).Failure;

        Assert.NotNull(failure);
        Assert.StartsWith("ParameterBindingFailed,", failure.FullyQualifiedErrorId);
        Assert.StartsWith("Cannot bind parameter 'Filter' to the target.", failure.Exception.Message);
    }
}
