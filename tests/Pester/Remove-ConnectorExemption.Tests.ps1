BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
    Invoke-ConnectorSync -Full -Force @secrets | Out-Null
}

AfterAll {
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
}

Describe 'Remove-ConnectorExemption' {
    It 'shows what it would do and does nothing with -WhatIf' {
        $before = @(Get-ConnectorExemption).Count
        Get-ConnectorExemption -Owner Connector | Select-Object -First 3 | Remove-ConnectorExemption -WhatIf -WarningAction SilentlyContinue
        @(Get-ConnectorExemption -Refresh @secrets).Count | Should -Be $before
    }

    It 'removes a named entry, warns that it comes back, and the next sync writes it again' {
        $entry = Get-ConnectorExemption -Mailbox jane.doe@contoso.com
        Remove-ConnectorExemption -Mailbox $entry.Mailbox -DeviceId $entry.DeviceId -Confirm:$false -WarningVariable told -WarningAction SilentlyContinue
        $told | Should -BeLike '*next sync writes it again*'
        Get-ConnectorExemption -Mailbox jane.doe@contoso.com | Should -BeNullOrEmpty
        Get-ConnectorExemption -Mailbox jane.doe@contoso.com -Refresh @secrets | Should -BeNullOrEmpty
        (Invoke-ConnectorSync -Quick @secrets).Changes | Should -Be 1
        (Get-ConnectorExemption -Mailbox jane.doe@contoso.com).DeviceId | Should -Be $entry.DeviceId
    }

    It 'is in the history' {
        $entry = Get-ConnectorExemption -Mailbox jane.doe@contoso.com
        $entry | Remove-ConnectorExemption -Confirm:$false -WarningAction SilentlyContinue
        $run = Get-ConnectorSyncHistory -Last 1 -IncludeChange
        $run.Kind | Should -Be 'Command'
        $run.Changes[0].Before['Allowed'] | Should -Contain $entry.DeviceId
        $run.Changes[0].After['Allowed'] | Should -Not -Contain $entry.DeviceId
    }

    It 'leaves administrators alone unless it is forced' {
        $own = Get-ConnectorExemption -Mailbox gina.moss@contoso.com
        $own | Remove-ConnectorExemption -Confirm:$false -ErrorVariable failures -ErrorAction SilentlyContinue
        $failures.FullyQualifiedErrorId | Should -BeLike 'AdministratorEntry,*'
        Get-ConnectorExemption -Mailbox gina.moss@contoso.com | Should -Not -BeNullOrEmpty
    }

    It 'reports what is gone already' {
        $entry = Get-ConnectorExemption -Owner Connector | Select-Object -First 1
        $entry, $entry | Remove-ConnectorExemption -Confirm:$false -WarningAction SilentlyContinue
        $entry | Remove-ConnectorExemption -Confirm:$false -WarningVariable told -WarningAction SilentlyContinue
        $told | Should -BeLike '*no more*'
    }

    It 'says that an entry is not there' {
        $failure = { Remove-ConnectorExemption jane.doe@contoso.com NOSUCHID -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'ExemptionNotFound,*'
    }
}
