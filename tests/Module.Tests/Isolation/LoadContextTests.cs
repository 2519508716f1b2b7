using System.Collections.Generic;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Isolation;

/// <summary>Which assembly is loaded where. Each test has a process of its own, because load contexts belong to one.</summary>
public sealed class LoadContextTests
{
    /// <summary>Names in a context that the module brought: its own assemblies and those of its packages.</summary>
    private const string Helpers = """
        function Get-Shipped($Context) {
            $shipped = [System.IO.Directory]::GetFiles("$ModuleFolder/bin/core", '*.dll', 'AllDirectories') | ForEach-Object { [System.IO.Path]::GetFileNameWithoutExtension($_) }
            [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ $Context | ForEach-Object { $_.Assemblies } |
                Where-Object { $_.GetName().Name -in $shipped -and -not $_.Location.Contains('System.Security.Cryptography') } | ForEach-Object { $_.GetName().Name }
        }
        function Invoke-Engine { try { Invoke-ConnectorSync -Name None -ErrorAction Stop } catch { $null = $_ } }
        function Open-Sqlite {
            $context = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ 'IntuneExchangeConnector'
            $sqlite = $context.LoadFromAssemblyName('Microsoft.Data.Sqlite')
            $connection = [Activator]::CreateInstance($sqlite.GetType('Microsoft.Data.Sqlite.SqliteConnection'), "Data Source=$([System.IO.Path]::GetTempFileName());Pooling=False")
            try { $connection.Open(); $connection.ServerVersion -match '^3\.' } finally { $connection.Dispose(); [System.IO.File]::Delete($connection.DataSource) }
        }

        """;

    [Fact]
    public async Task An_import_loads_the_module_and_nothing_else()
    {
        Assert.Equal(
            ["IntuneExchangeConnector", "IntuneExchangeConnector.Domain", "private: 0"],
            await Objects("Import-Module $Manifest; Get-Shipped Default; \"private: $(@(Get-Shipped IntuneExchangeConnector).Count)\""));
    }

    [Fact]
    public async Task An_engine_call_brings_the_engine_into_the_private_context_and_no_package_into_the_default_one()
    {
        Assert.Equal(
            ["IntuneExchangeConnector", "IntuneExchangeConnector.Domain", "engine: True"],
            await Objects("Import-Module $Manifest; Invoke-Engine; Get-Shipped Default; \"engine: $('IntuneExchangeConnector.Engine' -in (Get-Shipped IntuneExchangeConnector))\""));
    }

    [Fact]
    public async Task An_older_release_of_a_package_that_is_there_already_stays_where_it_is()
    {
        var script = """
            $null = [System.Reflection.Assembly]::LoadFrom($env:OLDER_MSAL)
            Import-Module $Manifest; Invoke-Engine
            $context = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ 'IntuneExchangeConnector'
            "ours: $($context.LoadFromAssemblyName('Microsoft.Identity.Client').GetName().Version -ge '4.92.0')"
            [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | Where-Object { $_.GetName().Name -eq 'Microsoft.Identity.Client' } | ForEach-Object { "theirs: $($_.GetName().Version)" }
            """;

        Assert.Equal(["ours: True", "theirs: 4.73.1.0"], await Objects(script, new() { ["OLDER_MSAL"] = TestHome.OlderIdentityClient }));
    }

    [Fact]
    public async Task The_native_store_loads()
    {
        Assert.Equal(["True"], await Objects("Import-Module $Manifest; Invoke-Engine; Open-Sqlite"));
    }

    [Fact]
    public async Task A_host_that_cannot_resolve_dependencies_is_served_from_the_folder()
    {
        var script = """
            $copy = [System.IO.Directory]::CreateTempSubdirectory('connector-copy-').FullName
            foreach ($file in [System.IO.Directory]::GetFiles($ModuleFolder, '*', 'AllDirectories')) {
                $target = $file.Replace($ModuleFolder, $copy)
                $null = [System.IO.Directory]::CreateDirectory([System.IO.Path]::GetDirectoryName($target))
                [System.IO.File]::Copy($file, $target)
            }
            [System.IO.File]::WriteAllText("$copy/bin/core/deps/IntuneExchangeConnector.Engine.deps.json", 'not json')
            Import-Module "$copy/IntuneExchangeConnector.psd1"; Invoke-Engine
            'IntuneExchangeConnector.Engine' -in (Get-Shipped IntuneExchangeConnector)
            Open-Sqlite
            Get-Shipped Default
            [System.IO.Directory]::Delete($copy, $true)
            """;

        Assert.Equal(["True", "True", "IntuneExchangeConnector", "IntuneExchangeConnector.Domain"], await Objects(script));
    }

    [Fact]
    public async Task Importing_again_and_removing_leave_one_context()
    {
        var script = """
            Import-Module $Manifest; Invoke-Engine
            Import-Module $Manifest -Force; Invoke-Engine
            Remove-Module IntuneExchangeConnector
            Import-Module $Manifest; Invoke-Engine
            @([System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ 'IntuneExchangeConnector').Count
            @([System.Runtime.Loader.AssemblyLoadContext]::All | ForEach-Object { $_.Assemblies } | Where-Object { $_.GetName().Name -eq 'IntuneExchangeConnector.Engine' }).Count
            """;

        Assert.Equal(["1", "1"], await Objects(script));
    }

    [Fact]
    public async Task Removing_the_module_in_one_runspace_leaves_the_other_at_work()
    {
        // The other runspace calls the engine for the first time when the first one has let go of the module.
        var script = """
            $other = [powershell]::Create([System.Management.Automation.Runspaces.InitialSessionState]::CreateDefault2())
            $null = $other.AddScript('param($Manifest) Import-Module $Manifest').AddArgument($Manifest).Invoke()
            Import-Module $Manifest
            Remove-Module IntuneExchangeConnector
            $other.Commands.Clear()
            $null = $other.AddScript('try { Invoke-ConnectorSync -Name None } catch { $_.Exception.GetType().Name }').Invoke()
            "engine: $('IntuneExchangeConnector.Engine' -in (Get-Shipped IntuneExchangeConnector))"
            "file not found: $([bool]($other.Streams.Error | Where-Object { $_.Exception -is [System.IO.FileNotFoundException] }))"
            $other.Dispose()
            """;

        Assert.Equal(["engine: True", "file not found: False"], await Objects(script));
    }

    [Fact]
    public async Task The_build_for_Windows_PowerShell_finds_its_engine_and_packages_by_simple_name()
    {
        // Windows PowerShell itself is not needed for this: its resolver works on an event that PowerShell 7 has as well.
        var script = """
            Import-Module "$ModuleFolder/bin/desktop/IntuneExchangeConnector.dll"; Invoke-Engine
            $folder = "$ModuleFolder/bin/desktop/deps"
            [System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'IntuneExchangeConnector.Engine' } | ForEach-Object { $_.Location.Replace('\', '/').StartsWith($folder.Replace('\', '/')) }
            $null = [System.Reflection.Assembly]::LoadFrom("$folder/Microsoft.Data.Sqlite.dll").GetTypes()
            [System.AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'SQLitePCLRaw.core' } | ForEach-Object { $_.Location.Replace('\', '/').StartsWith($folder.Replace('\', '/')) }
            try { $null = [System.Reflection.Assembly]::Load('Polly.Core, Version=8.0.0.0, PublicKeyToken=c8a3ffc3f8f825cc'); 'a stranger was served' } catch { 'a stranger was sent away' }
            """;

        Assert.Equal(["True", "True", "a stranger was sent away"], await Objects(script));
    }

    private static async Task<IReadOnlyList<string>> Objects(string script, Dictionary<string, string>? environment = null)
    {
        var transcript = await ChildShell.RunAsync(Helpers + script, environment, TestContext.Current.CancellationToken);
        Assert.True(transcript.Of(ShellStream.Error).Count == 0, transcript.ToString());
        return transcript.Of(ShellStream.Output);
    }
}
