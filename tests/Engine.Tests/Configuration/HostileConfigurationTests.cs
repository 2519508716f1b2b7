using System;
using System.IO;
using System.Runtime.Versioning;
using System.Text;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Engine.Configuration;
using IntuneExchangeConnector.Engine.Tests.Store;
using Xunit;
using static IntuneExchangeConnector.Engine.Tests.Configuration.ConfigurationSamples;

namespace IntuneExchangeConnector.Engine.Tests.Configuration;

public sealed class HostileConfigurationTests : IDisposable
{
    private const string Bomb = """
        <!DOCTYPE r [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
        <r><Connector><Name>&c;</Name></Connector></r>
        """;

    private readonly TemporaryFolder _folder = new();
    private readonly XmlConfigurationStore _store;

    public HostileConfigurationTests() => _store = new XmlConfigurationStore(_folder.Path);

    private string Path => _folder.File("OnPremisesExchangeConnectorServiceConfiguration.xml");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("")]
    [InlineData("not xml")]
    [InlineData("<a><b></a>")]
    [InlineData("<a/><b/>")]
    [InlineData("<!DOCTYPE r SYSTEM \"file:///etc/passwd\"><r/>")]
    [InlineData("<!DOCTYPE r [<!ENTITY x SYSTEM \"file:///etc/passwd\">]><r><Connector><Name>&x;</Name></Connector></r>")]
    [InlineData(Bomb)]
    [InlineData("<r>&#0;</r>")]
    public void A_file_that_is_no_proper_xml_is_refused_and_left_alone(string text)
    {
        File.WriteAllText(Path, text);
        AssertUnreadable(() => _store.Read(null));
        AssertUnreadable(() => _store.Write(Connector()));
        Assert.Equal(text, File.ReadAllText(Path));
        Assert.Equal(["Default"], _store.List());
    }

    [Fact]
    public void A_file_of_more_than_a_mebibyte_is_refused()
    {
        File.WriteAllText(Path, "<r><!--" + new string('x', 1024 * 1024) + "--></r>");
        AssertUnreadable(() => _store.Read(null));
    }

    [Fact]
    public void A_file_that_is_nested_too_deep_is_refused()
    {
        const int Depth = 100_000;
        File.WriteAllText(Path, new StringBuilder().Insert(0, "<a>", Depth).Insert(Depth * 3, "</a>", Depth).ToString());
        AssertUnreadable(() => _store.Read(null));
        AssertUnreadable(() => _store.Write(Connector()));
    }

    [Theory]
    [InlineData("<IsCasFailoverEnabled>maybe</IsCasFailoverEnabled>", "IsCasFailoverEnabled", "true or false")]
    [InlineData("<ExchangeWebServiceURL>ftp://x</ExchangeWebServiceURL>", "ExchangeWebServiceURL", "https:")]
    [InlineData("<ExchangeWebServiceURL>http://mail.contoso.com/</ExchangeWebServiceURL>", "ExchangeWebServiceURL", "https:")]
    [InlineData("<ExchangeWebServiceURL>https://u:p@mail.contoso.com/</ExchangeWebServiceURL>", "ExchangeWebServiceURL", "without user name")]
    [InlineData("<AccessPolicy><Enabled>2</Enabled></AccessPolicy>", "AccessPolicy/Enabled", "true or false")]
    [InlineData("<AccessPolicy><DefaultAccessLevel>3</DefaultAccessLevel></AccessPolicy>", "AccessPolicy/DefaultAccessLevel", "Unmanaged, Allow, Block, Quarantine")]
    [InlineData("<AccessPolicy><FusePercent>5,5</FusePercent></AccessPolicy>", "AccessPolicy/FusePercent", "0 to 100")]
    [InlineData("<AccessPolicy><FusePercent>NaN</FusePercent></AccessPolicy>", "AccessPolicy/FusePercent", "0 to 100")]
    [InlineData("<AccessPolicy><FuseDaily>-1</FuseDaily></AccessPolicy>", "AccessPolicy/FuseDaily", "whole number")]
    [InlineData("<AccessPolicy><FuseDaily>99999999999</FuseDaily></AccessPolicy>", "AccessPolicy/FuseDaily", "whole number")]
    [InlineData("<AccessPolicy><LeftoverAfter>a week</LeftoverAfter></AccessPolicy>", "AccessPolicy/LeftoverAfter", "7.00:00:00")]
    [InlineData("<AccessPolicy><LicencePlans><Plan>INTUNE_A</Plan></LicencePlans></AccessPolicy>", "AccessPolicy/LicencePlans", "c1ec4a95")]
    [InlineData("<AccessPolicy><IncludedGroups><Group/></IncludedGroups></AccessPolicy>", "AccessPolicy/IncludedGroups/Group", "must not be empty")]
    [InlineData("<AccessPolicy><Enabled>true</Enabled><Enabled>false</Enabled></AccessPolicy>", "Enabled", "once only")]
    public void A_value_that_cannot_be_right_is_named_with_its_line_and_what_is_allowed(string part, string element, string allowed)
    {
        File.WriteAllText(Path, $"""
            <r>
              <Connector><Name>Default</Name><Organization>CN=Contoso</Organization></Connector>
              <Exchange><Entrance>CallerRunspace</Entrance></Exchange>
              <Tenant><Method>AccessToken</Method></Tenant>
              {part}
            </r>
            """);
        var refused = AssertUnreadable(() => _store.Read(null));
        Assert.Contains(Path, refused.Message, StringComparison.Ordinal);
        Assert.Contains($"line 5, element {element}.", refused.Message, StringComparison.Ordinal);
        Assert.Contains(allowed, refused.Remedy, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<Name>Default</Name>", "Connector/Organization")]
    [InlineData("<Name>Default</Name><Organization> </Organization>", "Connector/Organization")]
    [InlineData("<Name>Default</Name><Organization>CN=x</Organization><InstalledAt>soon</InstalledAt>", "Connector/InstalledAt")]
    [InlineData("<Name>Default</Name><Organization>CN=x</Organization>", "Exchange/Entrance")]
    [InlineData("<Name>../../x</Name><Organization>CN=x</Organization>", "Connector/Name")]
    public void A_setting_without_which_there_is_no_connector_is_named(string connector, string element)
    {
        File.WriteAllText(Path, $"<r><Connector>{connector}</Connector></r>");
        Assert.Contains($"element {element}.", AssertUnreadable(() => _store.Read(null)).Message, StringComparison.Ordinal);
        Assert.Equal(["Default"], _store.List());
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_folder_that_cannot_be_written_is_told_and_the_file_is_as_it_was()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Permissions are set the Unix way.");
        var root = Directory.CreateDirectory(_folder.File("root")).FullName;
        var store = new XmlConfigurationStore(root);
        store.Write(Connector());
        var path = store.ConfigurationPath("Default");
        var before = File.ReadAllText(path);
        Unprivileged.Open(_folder.Path);
        Unprivileged.Lock(root);
        Unprivileged.Run(() =>
        {
            AssertEqual(Connector(), store.Read(null));
            Assert.Equal(ErrorIds.ConfigurationNotWritable, Assert.Throws<ConnectorException>(() => store.Write(Connector() with { FailoverEnabled = false })).ErrorId);
            Assert.Equal(ErrorIds.ConfigurationNotWritable, Assert.Throws<ConnectorException>(() => store.StatePath("Second")).ErrorId);
            Assert.Equal(ErrorIds.ConfigurationNotWritable, Assert.Throws<ConnectorException>(() => store.Remove("Default")).ErrorId);
        });
        Unprivileged.Unlock(root);
        Assert.Equal(before, File.ReadAllText(path));
        Assert.Single(Directory.GetFileSystemEntries(root));
    }

    [Fact]
    [UnsupportedOSPlatform("windows")]
    public void A_configuration_is_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Windows inherits the folder's permissions.");
        var store = new XmlConfigurationStore(_folder.File("a", "b"));
        store.Write(Connector());
        store.Write(Connector() with { FailoverEnabled = false });
        const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        Assert.Equal(OwnerOnly, File.GetUnixFileMode(store.ConfigurationPath("Default")));
        Assert.Equal(OwnerOnly | UnixFileMode.UserExecute, File.GetUnixFileMode(_folder.File("a", "b")));
        Assert.Single(Directory.GetFileSystemEntries(_folder.File("a", "b")));
    }

    private static ConnectorException AssertUnreadable(Action action)
    {
        var refused = Assert.Throws<ConnectorException>(action);
        Assert.Equal(ErrorIds.ConfigurationUnreadable, refused.ErrorId);
        Assert.DoesNotContain("root:", refused.ToString(), StringComparison.Ordinal);
        return refused;
    }
}
