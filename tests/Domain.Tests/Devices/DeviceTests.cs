using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Tests.Builders;
using Xunit;

namespace IntuneExchangeConnector.Domain.Tests.Devices;

public sealed class DeviceTests
{
    [Fact]
    public void Ids_that_differ_in_case_are_one_id_and_keep_their_text()
    {
        var upper = new EasDeviceId("APPLf17a");
        var lower = new EasDeviceId("applF17A");

        Assert.True(upper == lower);
        Assert.False(upper != lower);
        Assert.Equal(upper.GetHashCode(), lower.GetHashCode());
        Assert.Equal(0, upper.CompareTo(lower));
        Assert.Single(new HashSet<EasDeviceId> { upper, lower });
        Assert.Equal("APPLf17a", upper.Value);
        Assert.Equal("applF17A", lower.ToString());
    }

    // Under a Turkish culture i and I are different letters; under an ordinal comparison they are one.
    [Theory]
    [InlineData("IMEI1", "imei1", true)]
    [InlineData("APPL1", "APPL2", false)]
    [InlineData("STRASSE", "straße", false)]
    [InlineData("APPL1 ", "APPL1", false)]
    public void Ids_are_compared_ordinally(string left, string right, bool equal)
    {
        Assert.Equal(equal, new EasDeviceId(left) == new EasDeviceId(right));
        Assert.Equal(equal, EasDeviceId.Comparer.Equals(left, right));
    }

    [Fact]
    public void An_id_that_was_not_presented_is_empty_and_not_null()
    {
        Assert.True(default(EasDeviceId).IsEmpty);
        Assert.True(new EasDeviceId(null).IsEmpty);
        Assert.Equal(string.Empty, default(EasDeviceId).Value);
        Assert.Equal(new EasDeviceId(string.Empty), new EasDeviceId(null));
        Assert.False(new EasDeviceId("APPL1").IsEmpty);
        Assert.False(new EasDeviceId("APPL1").Equals("APPL1"));
    }

    [Theory]
    [InlineData("EASProbeDeviceType", "X1", true)]
    [InlineData("easprobedevicetype", "X1", true)]
    [InlineData("TestActiveSyncConnectivity", "X1", true)]
    [InlineData("iPhone", "validate", true)]
    [InlineData("iPhone", "Validate", true)]
    [InlineData("iPhone", "validate2", false)]
    [InlineData("iPhone", "APPL1", false)]
    [InlineData("", "", false)]
    public void Probes_and_connectivity_tests_are_system_partnerships(string type, string deviceId, bool system) =>
        Assert.Equal(system, Some.Phone(deviceId, type: type).IsSystem);

    [Theory]
    [InlineData("CAS_{5f3a7f2d}", "cas", true)]
    [InlineData("extest_5f3a7f2d", "cas", true)]
    [InlineData("Jane", "extest_5f3a7f2d", true)]
    [InlineData("HealthMailbox-SERVER1-001", "sm_1", true)]
    [InlineData("Jane", "jane", false)]
    [InlineData("Jane CAS_{", "jane", false)]
    public void Mailboxes_of_Exchange_s_own_tests_are_system_mailboxes(string display, string account, bool system) =>
        Assert.Equal(system, (Some.Mailbox() with { DisplayName = display, SamAccountName = account }).IsSystem);

    [Theory]
    [InlineData("OutlookService", true)]
    [InlineData("outlookservice", true)]
    [InlineData("Outlook", false)]
    [InlineData("OutlookServiceX", false)]
    public void The_outlook_cloud_service_is_known_by_its_type(string type, bool service) =>
        Assert.Equal(service, Some.Phone(type: type).IsOutlookService);

    [Theory]
    [InlineData("iOS", true)]
    [InlineData("iPadOS", true)]
    [InlineData("Android", true)]
    [InlineData("AndroidForWork", true)]
    [InlineData("Windows", false)]
    [InlineData("macOS", false)]
    [InlineData("", false)]
    public void Activation_concerns_iOS_and_Android(string operatingSystem, bool needed) =>
        Assert.Equal(needed, (Some.Managed() with { OperatingSystem = operatingSystem }).NeedsEasActivation);
}
