using System.Collections.Generic;
using System.Threading.Tasks;
using IntuneExchangeConnector.Module.Harness;
using IntuneExchangeConnector.Sandbox.Graph;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Commands;

/// <summary>What is true of a whole machine: the one connector needs no name, and a real run leaves the default context clean.</summary>
[Collection(nameof(Organisation))]
public sealed class OnlyConnectorTests
{
    private const string Start = """
        Import-Module $Manifest
        $token = [securestring]::new(); $env:TOKEN.ToCharArray() | ForEach-Object { $token.AppendChar($_) }
        $where = @{
            ExchangeUri = $env:EXCHANGE; TenantId = $env:TENANT; ClientId = $env:CLIENT; AccessToken = $token
            Environment = 'Custom'; GraphEndpoint = $env:GRAPH; LoginEndpoint = $env:GRAPH
        }

        """;

    [Fact]
    public async Task The_only_connector_need_not_be_named_and_two_have_to_be()
    {
        await using var one = await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        await using var two = await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var script = Start + """
            Get-IntuneExchangeConnector
            try { Invoke-ConnectorSync -AccessToken $token } catch { $_.FullyQualifiedErrorId }
            Install-IntuneExchangeConnector @where
            (Get-IntuneExchangeConnector).Name
            "$((Invoke-ConnectorSync -AccessToken $token).Status) by $((Get-ConnectorAccessPolicy).Connector)"
            $where.ExchangeUri = $env:OTHER
            Install-IntuneExchangeConnector -Name Second @where
            (Get-IntuneExchangeConnector | ForEach-Object Name) -join ', '
            try { Invoke-ConnectorSync -AccessToken $token } catch { "$($_.FullyQualifiedErrorId) $($_.ErrorDetails.RecommendedAction -match 'Default.*Second')" }
            """;

        var transcript = await ChildShell.RunAsync(script, Environment(one, ("OTHER", two.Exchange.ExchangeUri.ToString())), TestContext.Current.CancellationToken);

        Assert.Equal(
            [
                "Warning: No connector is installed. Install-IntuneExchangeConnector installs one.",
                "Output: ConnectorNotFound,IntuneExchangeConnector.Module.Commands.InvokeConnectorSyncCommand",
                "Output: Default",
                "Output: Succeeded by Default",
                "Output: Default, Second",
                "Output: ConnectorNameRequired,IntuneExchangeConnector.Module.Commands.InvokeConnectorSyncCommand True",
            ],
            transcript.Lines);
    }

    [Fact]
    public async Task A_real_run_leaves_no_package_in_the_default_context()
    {
        await using var org = await Organisation.StartAsync(cancellationToken: TestContext.Current.CancellationToken);
        var script = Start + """
            Install-IntuneExchangeConnector @where
            "$((Invoke-ConnectorSync -AccessToken $token).Status)"
            $shipped = [System.IO.Directory]::GetFiles("$ModuleFolder/bin/core/deps", '*.dll') | ForEach-Object { [System.IO.Path]::GetFileNameWithoutExtension($_) }
            foreach ($context in 'Default', 'IntuneExchangeConnector') {
                $names = [System.Runtime.Loader.AssemblyLoadContext]::All | Where-Object Name -EQ $context | ForEach-Object { $_.Assemblies } | ForEach-Object { $_.GetName().Name }
                "$context`: $(@($names | Where-Object { $_ -in $shipped -and $_ -notlike 'System.*' }).Count -gt 0)"
            }
            'Microsoft.Data.Sqlite', 'Polly.Core' | ForEach-Object { "$_ $($_ -in $names)" }
            """;

        var transcript = await ChildShell.RunAsync(script, Environment(org), TestContext.Current.CancellationToken);

        Assert.Equal(
            ["Output: Succeeded", "Output: Default: False", "Output: IntuneExchangeConnector: True", "Output: Microsoft.Data.Sqlite True", "Output: Polly.Core True"],
            transcript.Lines);
    }

    private static Dictionary<string, string> Environment(Organisation org, params (string Name, string Value)[] further)
    {
        var environment = new Dictionary<string, string>
        {
            ["TOKEN"] = org.Token,
            ["EXCHANGE"] = org.Exchange.ExchangeUri.ToString(),
            ["TENANT"] = org.Tenant.TenantId.ToString(),
            ["CLIENT"] = GraphEndpointOptions.DefaultApplication.ClientId.ToString(),
            ["GRAPH"] = org.Tenant.BaseUri.ToString(),
        };
        foreach (var (name, value) in further) environment[name] = value;
        return environment;
    }
}
