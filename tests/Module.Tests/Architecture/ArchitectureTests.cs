using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using IntuneExchangeConnector.Module.Harness;
using Xunit;

namespace IntuneExchangeConnector.Module.Tests.Architecture;

/// <summary>The directions of dependency, held by what was compiled and not by what was meant.</summary>
public sealed class ArchitectureTests
{
    private const string Domain = "IntuneExchangeConnector.Domain";
    private const string Engine = "IntuneExchangeConnector.Engine";
    private const string PowerShell = "System.Management.Automation";

    private static readonly Lazy<CompiledAssembly> s_domain = new(() => Staged("bin/core/IntuneExchangeConnector.Domain.dll"));
    private static readonly Lazy<CompiledAssembly> s_module = new(() => Staged("bin/core/IntuneExchangeConnector.dll"));
    private static readonly Lazy<CompiledAssembly> s_engine = new(() => Staged("bin/core/deps/IntuneExchangeConnector.Engine.dll"));

    public static TheoryData<string> Editions => ["core", "desktop"];

    [Theory]
    [MemberData(nameof(Editions))]
    public void The_domain_knows_the_base_library_alone(string edition)
    {
        Assert.All(
            Staged($"bin/{edition}/IntuneExchangeConnector.Domain.dll").References,
            reference => Assert.True(reference == "netstandard" || (reference.StartsWith("System.", StringComparison.Ordinal) && reference != PowerShell), reference));
    }

    [Theory]
    [InlineData("Policy")]
    [InlineData("Matching")]
    [InlineData("Planning")]
    [InlineData("Access")]
    [InlineData("Devices")]
    public void What_decides_uses_neither_clock_nor_chance_nor_disk_nor_network(string folder)
    {
        var mentions = s_domain.Value.MentionsBy($"{Domain}.{folder}").ToList();

        Assert.NotEmpty(mentions);
        Assert.DoesNotContain(mentions, pair => pair.Mention.Type is "System.TimeProvider" or "System.Random" or "System.Environment" or "System.Threading.Thread"
            || pair.Mention is { Type: "System.DateTime" or "System.DateTimeOffset", Member: "get_UtcNow" or "get_Now" or "get_Today" }
            || pair.Mention is { Type: "System.Guid", Member: "NewGuid" }
            || CompiledAssembly.IsWithin(pair.Mention.Type, "System.IO")
            || CompiledAssembly.IsWithin(pair.Mention.Type, "System.Net")
            || CompiledAssembly.IsWithin(pair.Mention.Type, "System.Diagnostics.Stopwatch")
            || CompiledAssembly.IsWithin(pair.Mention.Type, "System.Threading.Tasks"));
    }

    [Fact]
    public void The_engine_does_not_know_the_module()
    {
        Assert.DoesNotContain("IntuneExchangeConnector", s_engine.Value.References);
        Assert.DoesNotContain("IntuneExchangeConnector.Sandbox", s_engine.Value.References);
    }

    [Fact]
    public void Only_the_Exchange_side_of_the_engine_knows_PowerShell()
    {
        var users = Users(s_engine.Value, Engine, mention => mention.Assembly == PowerShell);

        Assert.NotEmpty(users);
        Assert.All(users, type => Assert.StartsWith($"{Engine}.Exchange.", type));
    }

    [Fact]
    public void The_engine_knows_no_cmdlet()
    {
        Assert.Empty(Users(s_engine.Value, Engine, mention => mention.Type is $"{PowerShell}.PSCmdlet" or $"{PowerShell}.Cmdlet" or $"{PowerShell}.CmdletAttribute"));
    }

    [Theory]
    [InlineData("Exchange", "Intune")]
    [InlineData("Intune", "Exchange")]
    public void The_two_sides_do_not_know_each_other(string side, string other)
    {
        Assert.NotEmpty(s_engine.Value.MentionsBy($"{Engine}.{side}"));
        Assert.Empty(Users(s_engine.Value, $"{Engine}.{side}", mention => CompiledAssembly.IsWithin(mention.Type, $"{Engine}.{other}")));
    }

    [Fact]
    public void A_run_knows_the_ports_and_no_adapter()
    {
        string[] sides = ["Exchange", "Intune", "Store", "Configuration", "Mail"];
        var hidden = s_engine.Value.MentionsBy($"{Engine}.Sync")
            .Where(pair => sides.Any(side => CompiledAssembly.IsWithin(pair.Mention.Type, $"{Engine}.{side}")) && !s_engine.Value.IsPublic(pair.Mention.Type))
            .Select(pair => $"{pair.By} -> {pair.Mention.Type}");

        Assert.Empty(hidden);
    }

    [Fact]
    public void Only_the_applier_of_plans_writes_to_Exchange()
    {
        var writers = Users(s_engine.Value, Engine, mention => mention is { Type: $"{Engine}.Exchange.IExchangeDirectory", Member: "WriteAsync" });

        Assert.Empty(writers.Except([$"{Engine}.Sync.PlanApplier"]));
    }

    [Fact]
    public void Only_a_check_of_prerequisites_sends_the_reads_beyond_the_catalogue()
    {
        const string Catalogue = $"{Engine}.Exchange.Commands.InspectionCatalogue";
        var makers = Users(s_engine.Value, Engine, mention => mention is { Type: Catalogue, Member: "Policies" or "Association" or "RoleEntries" });
        var askers = Users(s_engine.Value, Engine, mention => mention is { Type: $"{Engine}.Exchange.Inspection.IExchangeInspection", Member: "ReadAllowanceAsync" or "ReadRoleAsync" });
        var openers = Users(s_engine.Value, Engine, mention => mention is { Type: $"{Engine}.Exchange.IExchangeDirectory", Member: "get_Inspection" });

        Assert.Equal([$"{Engine}.Exchange.Inspection.ExchangeInspection"], makers);
        Assert.Equal([$"{Engine}.ConnectorEngine", $"{Engine}.Prerequisites.Checks.ExchangeChecks"], askers);
        Assert.Equal([$"{Engine}.ConnectorEngine", $"{Engine}.Prerequisites.PrerequisiteRun", $"{Engine}.Setup.ConnectorInstaller"], openers);
    }

    [Theory]
    [InlineData("ClearDeviceAsync", "DeviceWiper")]
    [InlineData("RemoveDeviceAsync", "DeviceRemover")]
    public void Only_what_somebody_orders_wipes_or_removes_a_device(string order, string giver)
    {
        var givers = Users(s_engine.Value, Engine, mention => mention is { Type: $"{Engine}.Exchange.IExchangeDirectory" } && mention.Member == order);

        Assert.Equal([$"{Engine}.Devices.{giver}"], givers);
    }

    [Fact]
    public void No_path_of_a_sync_leads_to_an_order_for_a_device()
    {
        string[] syncing = ["Sync", "Setup", "Intune", "Store", "Exchange", "Configuration"];
        var orders = syncing.SelectMany(folder => Users(s_engine.Value, $"{Engine}.{folder}", mention => CompiledAssembly.IsWithin(mention.Type, $"{Engine}.Devices")));
        var wipes = Users(s_engine.Value, $"{Engine}.Sync", mention => mention.Type.EndsWith(".DeviceWipeOrder", StringComparison.Ordinal));
        var doors = s_engine.Value.MentionsBy(Engine)
            .Where(pair => pair.Mention.Type is $"{Engine}.Devices.DeviceWiper" or $"{Engine}.Devices.DeviceRemover" && pair.By != pair.Mention.Type)
            .Select(pair => pair.By).Distinct();

        Assert.Empty(orders);
        Assert.Empty(wipes);
        Assert.Equal([$"{Engine}.ConnectorEngine"], doors);
        Assert.Equal(
            ["IntuneExchangeConnector.Module.Commands.ClearConnectorDeviceCommand"],
            Users(s_module.Value, "IntuneExchangeConnector", mention => mention is { Type: $"{Engine}.ConnectorEngine", Member: "ClearDevicesAsync" }));
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void The_module_knows_the_engines_door_alone(string edition)
    {
        var module = Staged($"bin/{edition}/IntuneExchangeConnector.dll");
        var known = module.MentionsBy("IntuneExchangeConnector").Select(pair => pair.Mention).Where(mention => mention.Assembly == Engine).Select(mention => mention.Type).Distinct();

        Assert.Equal([$"{Engine}.ConnectorEngine", $"{Engine}.EngineFactory"], known.Order());
    }

    [Theory]
    [MemberData(nameof(Editions))]
    public void The_module_knows_no_package_and_no_network(string edition)
    {
        Assert.All(
            Staged($"bin/{edition}/IntuneExchangeConnector.dll").References,
            reference => Assert.True(
                reference is Domain or Engine or PowerShell or "netstandard"
                || (reference.StartsWith("System.", StringComparison.Ordinal) && !reference.StartsWith("System.Net.Http", StringComparison.Ordinal)),
                reference));
        Assert.Empty(Users(s_module.Value, "IntuneExchangeConnector", mention => CompiledAssembly.IsWithin(mention.Type, "System.Net.Http")));
    }

    [Fact]
    public void Only_one_place_of_the_module_waits_for_a_task()
    {
        var waiting = Users(s_module.Value, "IntuneExchangeConnector", mention =>
            mention is { Type: "System.Runtime.CompilerServices.TaskAwaiter" or "System.Runtime.CompilerServices.TaskAwaiter`1", Member: "GetResult" }
            or { Type: "System.Threading.Tasks.Task", Member: "Wait" or "WaitAll" or "WaitAny" or "get_Result" });

        Assert.Equal(["IntuneExchangeConnector.Module.Hosting.AsyncCmdlet"], waiting);
    }

    [Fact]
    public void Only_one_place_of_the_module_makes_error_records()
    {
        var makers = Users(s_module.Value, "IntuneExchangeConnector", mention => mention is { Type: $"{PowerShell}.ErrorRecord", Member: ".ctor" });

        Assert.Equal(["IntuneExchangeConnector.Module.Hosting.Errors"], makers);
    }

    [Fact]
    public void The_sandbox_is_a_stranger_to_the_product()
    {
        var sandbox = CompiledAssembly.Read(Path.Combine(AppContext.BaseDirectory, "IntuneExchangeConnector.Sandbox.dll"));

        Assert.DoesNotContain(sandbox.References, reference => reference.StartsWith("IntuneExchangeConnector", StringComparison.Ordinal));
    }

    private static CompiledAssembly Staged(string path) => CompiledAssembly.Read(Path.Combine(Places.ModuleFolder, path));

    private static List<string> Users(CompiledAssembly assembly, string within, Func<Mention, bool> of) =>
        [.. assembly.MentionsBy(within).Where(pair => of(pair.Mention)).Select(pair => pair.By).Distinct().Order()];
}
