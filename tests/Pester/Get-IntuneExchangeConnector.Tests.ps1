BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
}

AfterAll {
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
}

Describe 'Get-IntuneExchangeConnector' {
    It 'warns and returns nothing where none is installed' {
        Get-IntuneExchangeConnector -WarningVariable warnings -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        "$warnings" | Should -BeLike '*Install-IntuneExchangeConnector*'
    }

    It 'shows a connector at one glance' {
        Install-TestConnector
        $status = Get-IntuneExchangeConnector
        $status.State | Should -Be 'NeverSynchronized'
        $status | Out-String | Should -Match 'State\s+:\s+NeverSynchronized'
        (Get-IntuneExchangeConnector -Name default).Name | Should -Be 'Default'
    }

    It 'names a connector that does not exist, and those that do' {
        $failure = { Get-IntuneExchangeConnector -Name Nobody -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'ConnectorNotFound,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Default*'
    }

    It 'refuses a hostile configuration file and names it' {
        $path = (Get-IntuneExchangeConnector).ConfigurationPath
        $text = Get-Content -Path $path -Raw
        Set-Content -Path $path -Value '<!DOCTYPE x [<!ENTITY e "boom">]><x>&e;</x>'
        try {
            $failure = { Get-ConnectorAccessPolicy -ErrorAction Stop } | Should -Throw -PassThru
            $failure.FullyQualifiedErrorId | Should -BeLike 'ConfigurationUnreadable,*'
            "$failure" | Should -BeLike "*$path*"
        }
        finally { Set-Content -Path $path -Value $text -NoNewline }
    }
}
