using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Module.Harness;

namespace IntuneExchangeConnector.Module.Tests;

/// <summary>A shell with the staged module and the probes, shared by the tests of one class, which run one after another.</summary>
public sealed class ModuleShell : IDisposable
{
    public ModuleShell()
    {
        Shell = Shell.Open();
        Run("param($Path) Import-Module -Name $Path -ErrorAction Stop", new() { ["Path"] = TestHome.Probes });
    }

    public Shell Shell { get; }

    public Transcript Run(string script, Dictionary<string, object?>? parameters = null) => Shell.Run(script, parameters);

    public void Dispose() => Shell.Dispose();
}
