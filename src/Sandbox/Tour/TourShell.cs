using System;
using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Runspaces;
using System.Security;

namespace IntuneExchangeConnector.Sandbox.Tour;

/// <summary>An administrator's PowerShell: the real engine, in a process that carries nothing of the product.</summary>
internal sealed class TourShell : IDisposable
{
    private readonly Runspace _runspace;

    public TourShell(TourStage stage)
    {
        _runspace = RunspaceFactory.CreateRunspace(new TourHost(), InitialSessionState.CreateDefault2());
        _runspace.Open();
        using SecureString password = new();
        foreach (char letter in stage.CertificatePassword) password.AppendChar(letter);
        SecureString kept = password.Copy();
        PSStyle.Instance.OutputRendering = Console.IsOutputRedirected ? OutputRendering.PlainText : OutputRendering.Host;
        Set("Module", stage.Module);
        Set("MobileUsers", stage.MobileUsers);
        Set("Exempt", stage.Exempt);
        Set("Blocked", stage.Blocked);
        Set("Allowed", stage.Allowed);
        Set("Exchange", new Hashtable { ["ExchangeUri"] = stage.ExchangeUri });
        Set("Secrets", new Hashtable { ["CertificatePassword"] = kept });
        Set("Tenant", new Hashtable
        {
            ["TenantId"] = stage.TenantId,
            ["ClientId"] = stage.ClientId,
            ["CertificatePath"] = stage.CertificatePath,
            ["CertificatePassword"] = kept,
            ["Environment"] = "Custom",
            ["GraphEndpoint"] = stage.GraphEndpoint,
            ["LoginEndpoint"] = stage.LoginEndpoint,
        });
    }

    /// <summary>Runs a line and shows what it prints.</summary>
    /// <returns>True when no error was printed.</returns>
    public bool Run(string command)
    {
        using PowerShell shell = PowerShell.Create(_runspace);
        shell.AddScript(command).AddCommand("Out-Default");
        shell.Commands.Commands[0].MergeMyResults(PipelineResultTypes.Error, PipelineResultTypes.Output);
        try
        {
            shell.Invoke();
            return !shell.HadErrors;
        }
        catch (RuntimeException failure)
        {
            Console.Out.WriteLine($"{failure.ErrorRecord.FullyQualifiedErrorId}: {failure.Message}");
            return false;
        }
    }

    public void Dispose() => _runspace.Dispose();

    private void Set(string name, object value) => _runspace.SessionStateProxy.SetVariable(name, value);
}
