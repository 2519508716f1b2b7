BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
}

AfterAll {
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
}

Describe 'Get-ConnectorMailboxPolicy' {
    It 'shows every policy with its settings' {
        $policies = @(Get-ConnectorMailboxPolicy -Refresh @secrets)
        $default = $policies | Where-Object IsDefault
        $default.Policy | Should -Be 'Default'
        $default.Settings.PasswordEnabled | Should -BeTrue
        $default.Settings.MinPasswordLength | Should -Be 4
        $default.Settings.MaxInactivityTimeLock | Should -Be ([timespan]'0:15:00')
        $policies.State | Sort-Object -Unique | Should -Be 'Administrator'
    }

    It 'selects by name in any case, and by state' {
        (Get-ConnectorMailboxPolicy EXECUTIVES).Policy | Should -Be 'Executives'
        Get-ConnectorMailboxPolicy -State ToChange | Should -BeNullOrEmpty
    }

    It 'shows what drifted' {
        New-ConnectorMailboxPolicy Executives -MinPasswordLength 12 -PasswordEnabled $true | Out-Null
        "$((Get-ConnectorMailboxPolicy Executives).Drift)" | Should -Be 'MinPasswordLength = 12'
        Remove-ConnectorMailboxPolicy Executives
    }

    It 'shows a table' {
        Get-ConnectorMailboxPolicy | Out-String -Width 160 | Should -Match 'Policy\s+State\s+Owner\s+Assigned to\s+Wanted'
    }
}
