BeforeAll {
    . $PSScriptRoot/Common.ps1
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
