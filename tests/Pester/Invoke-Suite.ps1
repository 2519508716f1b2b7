<#
.SYNOPSIS
Runs every Pester suite against the staged module and sandboxes of its own.
.DESCRIPTION
Build first: dotnet build -c Release. The suites are shared out to processes that run side by side, each with a sandbox; what a process says is shown when it ends. Sandboxes, the connectors'
folders and the trust in the sandboxes' certificates live in temporary folders and in child processes, so that nothing is left behind.
.PARAMETER ResultPath
A file that receives "<passed> <failed>".
.PARAMETER Throttle
Processes side by side.
#>
[CmdletBinding()]
param([string] $ResultPath, [int] $Throttle = 2)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'Sandbox.ps1')

# A PowerShell that was installed as a tool of .NET runs in a process of another name.
$shell = (Get-Process -Id $PID).Path
if ([System.IO.Path]::GetFileNameWithoutExtension($shell) -ne 'pwsh') { $shell = (Get-Command pwsh -CommandType Application | Select-Object -First 1).Source }

function Start-Group {
    param([string[]] $Path)

    $sandbox = Start-Sandbox
    $counts = Join-Path $sandbox.Connection.StateFolder 'counts.txt'
    $start = [System.Diagnostics.ProcessStartInfo]::new($shell)
    foreach ($argument in '-NoProfile', '-File', (Join-Path $PSScriptRoot 'Invoke-Pester.ps1'), '-Path', ($Path -join [System.IO.Path]::PathSeparator), '-ResultPath', $counts) { $start.ArgumentList.Add($argument) }
    # Trust is read from the environment when a process first uses TLS, so the suites run in one that starts with it.
    $start.Environment['SSL_CERT_FILE'] = $sandbox.Connection.TrustPath
    $start.Environment['INTUNE_EXCHANGE_CONNECTOR_HOME'] = Join-Path $sandbox.Connection.StateFolder 'connector'
    $start.Environment['IEC_SANDBOX'] = $sandbox.Connection | ConvertTo-Json -Compress
    $start.RedirectStandardOutput = $true
    $start.RedirectStandardError = $true
    $process = [System.Diagnostics.Process]::Start($start)
    [pscustomobject]@{
        Sandbox = $sandbox
        Process = $process
        Counts = $counts
        Output = $process.StandardOutput.ReadToEndAsync()
        Errors = $process.StandardError.ReadToEndAsync()
    }
}

$suites = @(Get-ChildItem -Path $PSScriptRoot -Filter '*.Tests.ps1' | Sort-Object Name)
$groups = [System.Collections.Generic.List[object]]::new()
$passed = 0
$failed = 0
try {
    for ($group = 0; $group -lt [Math]::Min($Throttle, $suites.Count); $group++) {
        $mine = for ($i = $group; $i -lt $suites.Count; $i += $Throttle) { $suites[$i].FullName }
        $groups.Add((Start-Group $mine))
    }

    foreach ($group in $groups) {
        $group.Process.WaitForExit()
        Write-Host $group.Output.Result
        if ($group.Errors.Result) { Write-Host $group.Errors.Result }
        # Whoever ends without a count has failed.
        $counts = if (Test-Path $group.Counts) { -split (Get-Content -Path $group.Counts -Raw) } else { 0, 1 }
        $passed += [int] $counts[0]
        $failed += [int] $counts[1]
    }
}
finally {
    foreach ($group in $groups) {
        if (-not $group.Process.HasExited) { $group.Process.Kill($true) }
        Stop-Sandbox $group.Sandbox
    }
}

Write-Host "Suites in PowerShell: $passed passed, $failed failed"
if ($ResultPath) { "$passed $failed" | Set-Content -Path $ResultPath }
exit [int]($failed -gt 0)
