<#
.SYNOPSIS
Runs every Pester suite against the staged module and a sandbox of its own.
.DESCRIPTION
Build first: dotnet build -c Release. The sandbox, the connectors' folder and the trust in the sandbox's certificate live in a temporary folder and in child processes, so that
nothing is left behind.
.PARAMETER ResultPath
A file that receives "<passed> <failed>".
#>
[CmdletBinding()]
param([string] $ResultPath)

$ErrorActionPreference = 'Stop'
. (Join-Path $PSScriptRoot 'Sandbox.ps1')

$sandbox = Start-Sandbox
try {
    # Trust is read from the environment when a process first uses TLS, so the suites run in one that starts with it.
    $env:SSL_CERT_FILE = $sandbox.Connection.TrustPath
    $env:INTUNE_EXCHANGE_CONNECTOR_HOME = Join-Path $sandbox.Connection.StateFolder 'connector'
    $env:IEC_SANDBOX = $sandbox.Connection | ConvertTo-Json -Compress
    $counts = Join-Path $sandbox.Connection.StateFolder 'counts.txt'
    & (Get-Process -Id $PID).Path -NoProfile -File (Join-Path $PSScriptRoot 'Invoke-Pester.ps1') -Path $PSScriptRoot -ResultPath $counts
    $exitCode = $LASTEXITCODE
    if ($ResultPath) { Copy-Item -Path $counts -Destination $ResultPath }
}
finally {
    Stop-Sandbox $sandbox
    Remove-Item Env:SSL_CERT_FILE, Env:INTUNE_EXCHANGE_CONNECTOR_HOME, Env:IEC_SANDBOX -ErrorAction SilentlyContinue
}

exit $exitCode
