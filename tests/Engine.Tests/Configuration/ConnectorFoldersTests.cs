using System;
using System.IO;
using System.Linq;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Engine.Configuration;
using IntuneExchangeConnector.Engine.Store;
using IntuneExchangeConnector.Engine.Tests.Store;
using Xunit;
using static IntuneExchangeConnector.Engine.Tests.Configuration.ConfigurationSamples;

namespace IntuneExchangeConnector.Engine.Tests.Configuration;

public sealed class ConnectorFoldersTests : IDisposable
{
    private const string FileName = "OnPremisesExchangeConnectorServiceConfiguration.xml";
    private readonly TemporaryFolder _folder = new();
    private readonly XmlConfigurationStore _store;

    public ConnectorFoldersTests() => _store = new XmlConfigurationStore(_folder.File("home") + System.IO.Path.DirectorySeparatorChar);

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Without_a_connector_nothing_is_found_and_nothing_is_made()
    {
        Assert.Empty(_store.List());
        var refused = Assert.Throws<ConnectorException>(() => _store.Read(null));
        Assert.Equal(ErrorIds.ConnectorNotFound, refused.ErrorId);
        Assert.Contains("Install-IntuneExchangeConnector", refused.Remedy, StringComparison.Ordinal);
        Assert.Equal(ErrorIds.ConnectorNotFound, Assert.Throws<ConnectorException>(() => _store.Remove("Default")).ErrorId);
        Assert.False(Directory.Exists(_folder.File("home")));
    }

    [Fact]
    public void The_first_connector_lies_in_the_folder_itself_and_each_further_one_in_its_own()
    {
        foreach (var name in new[] { "Zürich", "Branch 2", "a.b_c-d" }) _store.Write(Connector(name));
        Assert.Equal(_folder.File("home", FileName), _store.ConfigurationPath("ZÜRICH"));
        Assert.Equal(_folder.File("home", "Branch 2", FileName), _store.ConfigurationPath("branch 2"));
        Assert.Equal(["a.b_c-d", "Branch 2", "Zürich"], _store.List());
        Assert.Equal("Branch 2", _store.Read("BRANCH 2").Name);
        Assert.Equal(_folder.File("home", "a.b_c-d", "ConnectorState.db"), _store.StatePath("a.b_c-d"));
    }

    [Fact]
    public void The_folder_of_a_state_exists_before_its_connector_is_written()
    {
        Assert.Equal(_folder.File("home", "ConnectorState.db"), _store.StatePath("First"));
        Assert.True(Directory.Exists(_folder.File("home")));
        _store.Write(Connector("First"));
        Assert.Equal(_folder.File("home", "Second", "ConnectorState.db"), _store.StatePath("Second"));
        Assert.True(Directory.Exists(_folder.File("home", "Second")));
        Assert.Equal(["First"], _store.List());
    }

    [Fact]
    public void Without_a_name_the_only_connector_is_meant_and_among_several_none()
    {
        _store.Write(Connector("One"));
        Assert.Equal("One", _store.Read(null).Name);
        _store.Write(Connector("Two"));
        var refused = Assert.Throws<ConnectorException>(() => _store.Read(null));
        Assert.Equal(ErrorIds.ConnectorNameRequired, refused.ErrorId);
        Assert.Contains("One, Two", refused.Remedy, StringComparison.Ordinal);
        Assert.Contains("One, Two", Assert.Throws<ConnectorException>(() => _store.Read("Three")).Remedy, StringComparison.Ordinal);
    }

    [Fact]
    public void The_name_in_the_file_counts_and_not_that_of_the_folder()
    {
        _store.Write(Connector("One"));
        _store.Write(Connector("Two"));
        Directory.Move(_folder.File("home", "Two"), _folder.File("home", "Moved"));
        Assert.Equal(["One", "Two"], _store.List());
        Assert.Equal(_folder.File("home", "Moved", FileName), _store.ConfigurationPath("Two"));
        _store.Write(Connector("two") with { FailoverEnabled = false });
        Assert.False(_store.Read("Two").FailoverEnabled);
        Assert.False(Directory.Exists(_folder.File("home", "two")));
    }

    [Fact]
    public void Two_files_of_one_name_are_not_guessed_between()
    {
        _store.Write(Connector("One"));
        Directory.CreateDirectory(_folder.File("home", "Copy"));
        File.Copy(_folder.File("home", FileName), _folder.File("home", "Copy", FileName));
        Assert.Equal(["One"], _store.List());
        foreach (var action in new Action[] { () => _store.Read(null), () => _store.Read("one"), () => _store.Write(Connector("One")), () => _store.Remove("One"), () => _store.StatePath("One") })
        {
            var refused = Assert.Throws<ConnectorException>(action);
            Assert.Equal(ErrorIds.ConfigurationUnreadable, refused.ErrorId);
            Assert.Contains(_folder.File("home", "Copy", FileName), refused.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_file_that_the_predecessor_left_is_no_connector_and_its_values_are_taken_over()
    {
        Directory.CreateDirectory(_folder.File("home", "Logs"));
        File.WriteAllText(_folder.File("home", "Logs", "Connector0.log"), "log");
        File.WriteAllText(_folder.File("home", FileName), """
            <Settings><IsCasFailoverEnabled>false</IsCasFailoverEnabled><EnableParallelCommandSupport>True</EnableParallelCommandSupport>
            <ExchangeWebServiceURL>https://old.contoso.com/EWS/Exchange.asmx</ExchangeWebServiceURL><RetryCount>3</RetryCount></Settings>
            """);
        Assert.Empty(_store.List());

        _store.Write(Connector("New"));
        var taken = _store.Read(null);
        Assert.Equal((false, true, "https://old.contoso.com/EWS/Exchange.asmx"), (taken.FailoverEnabled, taken.ParallelCommandsEnabled, taken.ExchangeWebServiceUrl?.AbsoluteUri));
        Assert.Contains("<RetryCount>3</RetryCount>", File.ReadAllText(_folder.File("home", FileName)), StringComparison.Ordinal);

        _store.Write(taken with { FailoverEnabled = true, ParallelCommandsEnabled = false, ExchangeWebServiceUrl = null });
        var changed = _store.Read(null);
        Assert.Equal((true, false, null), (changed.FailoverEnabled, changed.ParallelCommandsEnabled, changed.ExchangeWebServiceUrl));
    }

    [Fact]
    public void A_predecessors_value_that_cannot_be_right_is_told_before_anything_is_written()
    {
        Directory.CreateDirectory(_folder.File("home"));
        const string Old = "<Settings><IsCasFailoverEnabled>perhaps</IsCasFailoverEnabled></Settings>";
        File.WriteAllText(_folder.File("home", FileName), Old);
        Assert.Equal(ErrorIds.ConfigurationUnreadable, Assert.Throws<ConnectorException>(() => _store.Write(Connector())).ErrorId);
        Assert.Equal(Old, File.ReadAllText(_folder.File("home", FileName)));
    }

    [Fact]
    public void A_broken_file_hides_no_other_connector()
    {
        _store.Write(Connector("One"));
        _store.Write(Connector("Two"));
        File.WriteAllText(_folder.File("home", "Two", FileName), "<broken");
        Assert.Equal(["One", "Two"], _store.List());
        Assert.Equal("One", _store.Read("One").Name);
        var refused = Assert.Throws<ConnectorException>(() => _store.Read("Two"));
        Assert.Equal(ErrorIds.ConfigurationUnreadable, refused.ErrorId);
        _store.Remove("Two");
        Assert.Equal(["One"], _store.List());
    }

    [Fact]
    public void Removing_takes_what_is_the_connectors_and_leaves_the_rest()
    {
        _store.Write(Connector("One"));
        _store.Write(Connector("Two"));
        foreach (var name in new[] { "One", "Two" })
        {
            var state = _store.StatePath(name);
            SqliteStateStore.Open(state).Dispose();
            foreach (var ending in new[] { "-wal", "-shm", ".lease", ".holder" }) File.WriteAllText(state + ending, string.Empty);
            File.WriteAllText(System.IO.Path.Combine(System.IO.Path.GetDirectoryName(state)!, "ExchangeCredential.secret"), "x");
        }

        File.WriteAllText(_folder.File("home", "notes.txt"), "theirs");
        _store.Remove("one");
        Assert.Equal([_folder.File("home", "Two"), _folder.File("home", "notes.txt")], Directory.GetFileSystemEntries(_folder.File("home")).Order(StringComparer.Ordinal));
        Assert.Equal(["Two"], _store.List());
        Assert.Equal("Two", _store.Read(null).Name);

        _store.Write(Connector("Three"));
        Assert.Equal(_folder.File("home", FileName), _store.ConfigurationPath("Three"));
        _store.Remove("Two");
        Assert.False(Directory.Exists(_folder.File("home", "Two")));
        _store.Remove("Three");
        Assert.Equal([_folder.File("home", "notes.txt")], Directory.GetFileSystemEntries(_folder.File("home")));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" x")]
    [InlineData("x ")]
    [InlineData(".x")]
    [InlineData("x.")]
    [InlineData("..")]
    [InlineData("../x")]
    [InlineData("a/b")]
    [InlineData("a\\b")]
    [InlineData("C:x")]
    [InlineData("x:stream")]
    [InlineData("a\0b")]
    [InlineData("a\nb")]
    [InlineData("a*b")]
    [InlineData("CON")]
    [InlineData("con.txt")]
    [InlineData("Com1 .x")]
    [InlineData("COM¹")]
    [InlineData("lpt9")]
    [InlineData("nul")]
    [InlineData("x\u202Efdp")]
    [InlineData("12345678901234567890123456789012345678901234567890123456789012345")]
    public void A_name_that_cannot_be_a_folders_is_refused(string name)
    {
        foreach (var action in new Action[] { () => _store.Write(Connector(name)), () => _store.StatePath(name), () => _store.ConfigurationPath(name) })
        {
            Assert.Equal(ErrorIds.ConnectorNameInvalid, Assert.Throws<ConnectorException>(action).ErrorId);
        }

        Assert.False(Directory.Exists(_folder.File("home")));
        Assert.Equal(ErrorIds.ConnectorNotFound, Assert.Throws<ConnectorException>(() => _store.Read(name)).ErrorId);
    }

    [Theory]
    [InlineData("Default")]
    [InlineData("Console")]
    [InlineData("COM10")]
    [InlineData("a.CON")]
    [InlineData("東京 2")]
    [InlineData("1234567890123456789012345678901234567890123456789012345678901234")]
    public void A_name_that_can_be_a_folders_is_taken(string name)
    {
        _store.Write(Connector("First"));
        _store.Write(Connector(name));
        Assert.Equal(name, _store.Read(name).Name);
    }

    [Fact]
    public void The_folder_is_the_one_that_is_named_or_the_systems()
    {
        Assert.Equal(_folder.Path, ConfigurationRoot.Resolve(_folder.Path + " ", "/data", "/home/x"));
        Assert.Equal(System.IO.Path.Combine("/data", "Microsoft", "Windows Intune Exchange Connector"), ConfigurationRoot.Resolve(null, "/data", "/home/x"));
        Assert.Equal(System.IO.Path.Combine("/home/x", ".local", "share", "Microsoft", "Windows Intune Exchange Connector"), ConfigurationRoot.Resolve(" ", string.Empty, "/home/x"));
        Assert.Equal(ErrorIds.ConfigurationNotWritable, Assert.Throws<ConnectorException>(() => ConfigurationRoot.Resolve(null, string.Empty, string.Empty)).ErrorId);
    }
}
