# Starts and stops the sandbox as a program of its own, and tells the suites where everything is.

function Start-Sandbox {
    param([int] $Partnerships = 400, [int] $Seed = 3)

    $root = (Resolve-Path (Join-Path $PSScriptRoot '../..')).Path
    $program = Join-Path $root 'src/Sandbox/bin/Release/net10.0/IntuneExchangeConnector.Sandbox.dll'
    if (-not (Test-Path $program)) { throw "The sandbox is not built. Run: dotnet build -c Release" }
    $start = [System.Diagnostics.ProcessStartInfo]::new('dotnet')
    foreach ($argument in $program, 'serve', '--partnerships', $Partnerships, '--seed', $Seed, '--json', 'yes') { $start.ArgumentList.Add([string] $argument) }
    $start.RedirectStandardInput = $true
    $start.RedirectStandardOutput = $true
    $start.UseShellExecute = $false
    $process = [System.Diagnostics.Process]::Start($start)
    $line = $process.StandardOutput.ReadLine()
    if (-not $line) { throw "The sandbox did not start (exit code $($process.ExitCode))." }
    [pscustomobject]@{ Process = $process; Connection = $line | ConvertFrom-Json }
}

# The sandbox ends with its standard input.
function Stop-Sandbox {
    param($Sandbox)

    $Sandbox.Process.StandardInput.Close()
    if (-not $Sandbox.Process.WaitForExit(30000)) { $Sandbox.Process.Kill($true) }
    $Sandbox.Process.Dispose()
}
