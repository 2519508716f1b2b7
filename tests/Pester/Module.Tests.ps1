BeforeDiscovery {
    $cmdlets = (Import-PowerShellDataFile (($env:IEC_SANDBOX | ConvertFrom-Json).Module)).CmdletsToExport
}

BeforeAll {
    . $PSScriptRoot/Common.ps1
}

Describe 'The manifest' {
    It 'is data that every tool can read' {
        $data = Import-PowerShellDataFile $sandbox.Module
        $data.PowerShellVersion | Should -Be '5.1'
        $data.CompatiblePSEditions | Should -Be 'Desktop', 'Core'
        Test-ModuleManifest $sandbox.Module | Should -Not -BeNullOrEmpty
    }

    It 'exports exactly what the module has' {
        (Get-Command -Module IntuneExchangeConnector).Name | Sort-Object | Should -Be ((Import-PowerShellDataFile $sandbox.Module).CmdletsToExport | Sort-Object)
    }
}

Describe 'Help of <_>' -ForEach $cmdlets {
    BeforeAll {
        $help = Get-Help $_ -Full
        $command = Get-Command $_
    }

    It 'says what it does, with three examples' {
        $help.Synopsis | Should -Not -BeNullOrEmpty
        $help.description.Text | Should -Not -BeNullOrEmpty
        @($help.examples.example).Count | Should -BeGreaterOrEqual 3
    }

    It 'describes every parameter' {
        $common = [System.Management.Automation.Cmdlet]::CommonParameters + [System.Management.Automation.Cmdlet]::OptionalCommonParameters
        foreach ($name in $command.Parameters.Keys | Where-Object { $_ -notin $common }) {
            ($help.parameters.parameter | Where-Object name -EQ $name).description.Text | Should -Not -BeNullOrEmpty -Because "-$name has to be described"
        }
    }
}

Describe 'Isolation' -Skip:($PSEdition -ne 'Core') {
    It 'keeps its packages out of the shell''s own load context' {
        Get-IntuneExchangeConnector -WarningAction SilentlyContinue | Out-Null
        $names = [System.Runtime.Loader.AssemblyLoadContext]::Default.Assemblies | ForEach-Object { $_.GetName().Name }
        $names | Should -Not -Contain 'Microsoft.Identity.Client'
        $names | Should -Not -Contain 'Polly.Core'
        $names | Should -Not -Contain 'Microsoft.Data.Sqlite'
        $names | Should -Not -Contain 'IntuneExchangeConnector.Engine'
        $names | Should -Contain 'IntuneExchangeConnector.Domain'
    }

    It 'survives being imported twice and used in two runspaces' {
        Import-Module $sandbox.Module -Force
        $shell = [powershell]::Create()
        try {
            $shell.AddScript("Import-Module '$($sandbox.Module)'; (Get-Command -Module IntuneExchangeConnector).Count").Invoke() | Should -BeGreaterThan 9
            $shell.Commands.Clear()
            $shell.AddScript('Remove-Module IntuneExchangeConnector').Invoke()
        }
        finally { $shell.Dispose() }
        Get-IntuneExchangeConnector -WarningAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'shows its types to tools that scan them' {
        $assembly = [AppDomain]::CurrentDomain.GetAssemblies() | Where-Object { $_.GetName().Name -eq 'IntuneExchangeConnector' } | Select-Object -First 1
        { $assembly.GetTypes() } | Should -Not -Throw
    }
}
