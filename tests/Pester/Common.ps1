# What every suite begins with: the staged module, and the sandbox that Invoke-Suite.ps1 started.

$sandbox = $env:IEC_SANDBOX | ConvertFrom-Json
Import-Module $sandbox.Module -Force
$token = ConvertTo-SecureString $sandbox.AccessToken -AsPlainText -Force
$secrets = @{ CertificatePassword = ConvertTo-SecureString $sandbox.CertificatePassword -AsPlainText -Force }
$tenant = @{
    TenantId      = $sandbox.TenantId
    ClientId      = $sandbox.ClientId
    Environment   = 'Custom'
    GraphEndpoint = $sandbox.GraphEndpoint
    LoginEndpoint = $sandbox.LoginEndpoint
}
$certificate = @{ CertificatePath = $sandbox.CertificatePath } + $secrets

# A suite works in a home of its own, so that suites do not meet.
function New-ConnectorHome {
    $folder = Join-Path ([System.IO.Path]::GetTempPath()) ("iec-pester-" + [guid]::NewGuid().ToString('n'))
    $env:INTUNE_EXCHANGE_CONNECTOR_HOME = (New-Item -ItemType Directory -Path $folder).FullName
    $folder
}

function Remove-ConnectorHome {
    param([string] $Folder)
    Remove-Item -Path $Folder -Recurse -Force
}

function New-ExchangeSession {
    $connection = [System.Management.Automation.Runspaces.NamedPipeConnectionInfo]::new($sandbox.PipeName)
    $runspace = [runspacefactory]::CreateRunspace($connection)
    $runspace.Open()
    [System.Management.Automation.Runspaces.PSSession]::Create($runspace, 'Exchange', $null)
}

function Install-TestConnector {
    Install-IntuneExchangeConnector -ExchangeUri $sandbox.ExchangeUri @tenant @certificate -WarningAction SilentlyContinue
    Set-ConnectorAccessPolicy -Enabled $true -IncludedGroup $sandbox.MobileUsers -ExcludedGroup $sandbox.Exempt -FuseDaily 5000 -WarningAction SilentlyContinue
}

# Gives Exchange back what a suite wrote: the sandbox is shared.
function Uninstall-TestConnector {
    if (Get-IntuneExchangeConnector -WarningAction SilentlyContinue) {
        Uninstall-IntuneExchangeConnector -WithdrawEntries -Confirm:$false
    }
}
