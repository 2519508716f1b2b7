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
