using System;
using System.IO;
using System.Linq;
using System.Xml.Linq;
using CsCheck;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Configuration;
using IntuneExchangeConnector.Engine.Tests.Store;
using Xunit;
using static IntuneExchangeConnector.Engine.Tests.Configuration.ConfigurationSamples;

namespace IntuneExchangeConnector.Engine.Tests.Configuration;

public sealed class ConfigurationFileTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly XmlConfigurationStore _store;

    public ConfigurationFileTests() => _store = new XmlConfigurationStore(_folder.Path);

    private string Path => _folder.File("OnPremisesExchangeConnectorServiceConfiguration.xml");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Any_settings_survive_a_save()
    {
        Settings.Array[1, 2].Sample(
            saves =>
            {
                // The second save goes over the first: what was there must not shine through.
                File.Delete(Path);
                foreach (var settings in saves)
                {
                    var named = settings with { Name = saves[0].Name };
                    _store.Write(named);
                    AssertEqual(named, _store.Read(named.Name));
                }
            },
            iter: 100,
            threads: 1);
    }

    [Fact]
    public void The_file_has_the_names_that_administrators_know()
    {
        _store.Write(Connector() with { FailoverEnabled = false, ParallelCommandsEnabled = true, ExchangeWebServiceUrl = new Uri("https://mail.contoso.com/EWS/Exchange.asmx") });
        var root = XDocument.Load(Path).Root!;
        Assert.Equal("OnPremisesExchangeConnectorServiceConfiguration", root.Name);
        Assert.Equal("false", root.Element("IsCasFailoverEnabled")?.Value);
        Assert.Equal("true", root.Element("EnableParallelCommandSupport")?.Value);
        Assert.Equal("https://mail.contoso.com/EWS/Exchange.asmx", root.Element("ExchangeWebServiceURL")?.Value);
        Assert.Equal("Default", root.Element("Connector")?.Element("Name")?.Value);

        _store.Write(Connector());
        Assert.Equal(string.Empty, XDocument.Load(Path).Root!.Element("ExchangeWebServiceURL")?.Value);
    }

    [Fact]
    public void Every_setting_of_the_policy_has_an_element_that_people_can_edit()
    {
        _store.Write(Connector() with { Policy = new AccessPolicy { NotificationContent = "<p>hello</p>", IncludedGroups = ["AllUsers"] } });
        var policy = XDocument.Load(Path).Root!.Element("AccessPolicy")!;
        var settings = typeof(AccessPolicy).GetProperties().Where(property => property.CanWrite && property.Name is not (nameof(AccessPolicy.Connector) or nameof(AccessPolicy.Organization) or nameof(AccessPolicy.GroupNames))).Select(property => property.Name);
        Assert.Equal(settings.Order(StringComparer.Ordinal), policy.Elements().Select(element => element.Name.LocalName).Order(StringComparer.Ordinal));

        File.WriteAllText(Path, File.ReadAllText(Path)
            .Replace("<Enabled>false</Enabled>", "<Enabled> True\n</Enabled>", StringComparison.Ordinal)
            .Replace("<DefaultAccessLevel>Unmanaged<", "<DefaultAccessLevel>quarantine<", StringComparison.Ordinal));
        Assert.True(_store.Read(null).Policy.Enabled);
        Assert.Equal(WantedAccessLevel.Quarantine, _store.Read(null).Policy.DefaultAccessLevel);
    }

    [Fact]
    public void No_secret_is_in_the_file()
    {
        var secretLike = new[] { "password", "secret", "token", "pwd" };
        _store.Write(Connector() with
        {
            Exchange = Connector().Exchange with { ProxyServer = "proxy.contoso.com", ProxyPort = 8080, ProxyUserName = "CONTOSO\\svc-proxy" },
            Tenant = Connector().Tenant with { Method = SignInMethod.CertificateFile, CertificateThumbprint = "AB12" },
            NotificationMailbox = "notice@contoso.com",
        });
        var text = File.ReadAllText(Path);
        Assert.All(secretLike, word => Assert.DoesNotContain(word, text, StringComparison.OrdinalIgnoreCase));
    }

    [Fact]
    public void An_address_with_a_password_is_not_written()
    {
        var refused = Assert.Throws<ConnectorException>(() => _store.Write(Connector() with { ExchangeWebServiceUrl = new Uri("https://user:hunter2@mail.contoso.com/") }));
        Assert.Equal(ErrorIds.InvalidParameter, refused.ErrorId);
        Assert.DoesNotContain("hunter2", refused.ToString(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path));
    }

    [Fact]
    public void What_could_not_be_read_again_is_not_written()
    {
        _store.Write(Connector());
        var before = File.ReadAllText(Path);
        foreach (var wrong in new[]
        {
            Connector() with { Policy = new AccessPolicy { FusePercent = double.NaN } },
            Connector() with { Policy = new AccessPolicy { FusePercent = 101 } },
            Connector() with { Policy = new AccessPolicy { FuseDaily = -1 } },
            Connector() with { Policy = new AccessPolicy { LeftoverAfter = TimeSpan.FromTicks(-1) } },
            Connector() with { Policy = new AccessPolicy { NotificationContent = "a\0b" } },
            Connector() with { Policy = new AccessPolicy { NotificationContent = "a\uD800b" } },
            Connector() with { Policy = new AccessPolicy { IncludedGroups = [" "] } },
            Connector() with { Policy = new AccessPolicy { DefaultAccessLevel = (WantedAccessLevel)77 } },
            Connector() with { Organization = " " },
            Connector() with { Exchange = Connector().Exchange with { ProxyPort = 0 } },
            Connector() with { Exchange = Connector().Exchange with { Uri = new Uri("file:///etc/passwd") } },
            Connector() with { Tenant = Connector().Tenant with { GraphEndpoint = new Uri("http://graph.contoso.com/") } },
        })
        {
            Assert.Equal(ErrorIds.InvalidParameter, Assert.Throws<ConnectorException>(() => _store.Write(wrong)).ErrorId);
            Assert.Equal(before, File.ReadAllText(Path));
        }
    }

    [Fact]
    public void Settings_that_are_left_out_take_their_defaults()
    {
        File.WriteAllText(Path, """
            <Anything>
              <Connector><Name>Default</Name><Organization>CN=Contoso</Organization></Connector>
              <Exchange><Entrance>CallerRunspace</Entrance></Exchange>
              <Tenant><Method>AccessToken</Method></Tenant>
            </Anything>
            """);
        AssertEqual(
            new ConnectorSettings
            {
                Name = "Default",
                Organization = "CN=Contoso",
                Exchange = new ExchangeSettings { Entrance = ExchangeEntrance.CallerRunspace },
                Tenant = new TenantSettings { TenantId = string.Empty, ClientId = string.Empty, Method = SignInMethod.AccessToken },
            },
            _store.Read(null));
    }

    [Fact]
    public void What_the_file_holds_beside_our_settings_survives_saves()
    {
        const string Theirs = """
            <?xml version="1.0" encoding="utf-8"?>
            <!-- kept by the desk -->
            <Old xmlns:d="urn:desk" d:owner="desk">
            	<IsCasFailoverEnabled note="1">true<!-- asked for by Jim --></IsCasFailoverEnabled>
            	<Mystery><Deep a="1">  </Deep><![CDATA[<raw>]]></Mystery>
              <AccessPolicy d:x="y">
                <!-- off until March -->
                <Enabled>false</Enabled>
                <FutureSetting>1</FutureSetting>
              </AccessPolicy>
              <?desk keep?>
            </Old>
            """;
        File.WriteAllText(Path, Theirs);
        _store.Write(Connector() with { Policy = new AccessPolicy { Enabled = true, IncludedGroups = ["a", "b"] } });
        _store.Write(Connector() with { FailoverEnabled = false, Policy = new AccessPolicy { Enabled = true, IncludedGroups = ["c"] } });

        var text = File.ReadAllText(Path).ReplaceLineEndings("\n");
        foreach (var kept in new[]
        {
            "<!-- kept by the desk -->",
            "xmlns:d=\"urn:desk\" d:owner=\"desk\"",
            "\t<IsCasFailoverEnabled note=\"1\"><!-- asked for by Jim -->false</IsCasFailoverEnabled>",
            "<Mystery><Deep a=\"1\">  </Deep><![CDATA[<raw>]]></Mystery>",
            "<AccessPolicy d:x=\"y\">\n    <!-- off until March -->\n    <Enabled>true</Enabled>\n    <FutureSetting>1</FutureSetting>\n",
            "<?desk keep?>",
            "<IncludedGroups>\n      <Group>c</Group>\n    </IncludedGroups>",
        })
        {
            Assert.Contains(kept, text, StringComparison.Ordinal);
        }

        Assert.StartsWith("<OnPremisesExchangeConnectorServiceConfiguration", text[text.IndexOf("<On", StringComparison.Ordinal)..], StringComparison.Ordinal);
        Assert.Equal(["c"], _store.Read(null).Policy.IncludedGroups);
    }

    [Fact]
    public void Saving_what_was_read_changes_nothing()
    {
        _store.Write(Connector() with { Policy = new AccessPolicy { NotificationContent = "<p>\r\n</p>", IncludedGroups = ["a", "b"] } });
        var before = File.ReadAllText(Path);
        _store.Write(_store.Read(null));
        Assert.Equal(before, File.ReadAllText(Path));
    }

    [Fact]
    public void Elements_of_a_namespace_are_read_and_written_in_it()
    {
        File.WriteAllText(Path, "<Root xmlns='urn:old'><Service><EnableParallelCommandSupport>1</EnableParallelCommandSupport></Service></Root>");
        _store.Write(Connector());
        Assert.True(_store.Read(null).ParallelCommandsEnabled);
        _store.Write(_store.Read(null) with { ParallelCommandsEnabled = false });
        Assert.False(_store.Read(null).ParallelCommandsEnabled);
        var text = File.ReadAllText(Path);
        Assert.DoesNotContain("xmlns=\"\"", text, StringComparison.Ordinal);
        Assert.Equal(2, text.Split("EnableParallelCommandSupport>").Length - 1);
    }

    [Fact]
    public void A_full_size_file_is_not_written_over_a_good_one()
    {
        _store.Write(Connector());
        var before = File.ReadAllText(Path);
        var refused = Assert.Throws<ConnectorException>(() => _store.Write(Connector() with { Policy = new AccessPolicy { NotificationContent = new string('x', 1024 * 1024) } }));
        Assert.Equal(ErrorIds.ConfigurationNotWritable, refused.ErrorId);
        Assert.Equal(before, File.ReadAllText(Path));
    }
}
