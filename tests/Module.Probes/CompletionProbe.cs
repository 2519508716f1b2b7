using System.Collections.Generic;
using System.Management.Automation;
using IntuneExchangeConnector.Module.Binding;

namespace IntuneExchangeConnector.Module.Probes;

/// <summary>Completes a word from given names.</summary>
[Cmdlet(VerbsData.ConvertTo, "CompletionProbe")]
public sealed class ConvertToCompletionProbeCommand : PSCmdlet
{
    /// <summary>What was typed.</summary>
    [Parameter(Mandatory = true)]
    [AllowEmptyString]
    public string Word { get; set; } = string.Empty;

    /// <summary>The names; more of them follow without end where asked for.</summary>
    [Parameter]
    public string[] Candidate { get; set; } = [];

    /// <summary>Names without end that do not fit.</summary>
    [Parameter]
    public SwitchParameter Endless { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var completion in Completions.Of(Word, Names)) WriteObject(completion.CompletionText);
    }

    private IEnumerable<string> Names()
    {
        foreach (var name in Candidate) yield return name;
        while (Endless) yield return "-none-";
    }
}
