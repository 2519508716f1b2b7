using System;
using System.Management.Automation;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>Answers clients that import a session and ask for its views: there are none, objects are shown by their properties.</summary>
[Cmdlet(VerbsCommon.Get, "FormatData")]
public sealed class GetFormatDataCommand : PSCmdlet
{
    [Parameter(Position = 0)]
    public string[]? TypeName { get; set; }

    [Parameter]
    public Version? PowerShellVersion { get; set; }
}
