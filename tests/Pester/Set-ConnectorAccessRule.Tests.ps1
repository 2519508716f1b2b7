BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
}

AfterAll {
    Get-ConnectorAccessRule | Where-Object { $null -ne $_.WantedLevel } | Remove-ConnectorAccessRule
    Invoke-ConnectorSync -Full -Force @secrets | Out-Null
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
}

Describe 'Set-ConnectorAccessRule' {
    BeforeAll {
        New-ConnectorAccessRule DeviceType Wristwatch Block | Out-Null
        Invoke-ConnectorSync -Full -Force @secrets | Out-Null
    }

    It 'changes the level with the next full sync' {
        $changed = Get-ConnectorAccessRule DeviceType Wristwatch | Set-ConnectorAccessRule -AccessLevel Quarantine -PassThru
        $changed.State | Should -Be 'ToChange'
        (Invoke-ConnectorSync -Full -Force @secrets).Changes | Should -Be 1
        (Get-ConnectorAccessRule DeviceType Wristwatch).AccessLevel | Should -Be 'Quarantine'
    }

    It 'emits nothing without -PassThru' {
        Set-ConnectorAccessRule DeviceType Wristwatch Quarantine | Should -BeNullOrEmpty
    }

    It 'changes nothing under -WhatIf' {
        Set-ConnectorAccessRule DeviceType Wristwatch Allow -WhatIf
        (Get-ConnectorAccessRule DeviceType Wristwatch).WantedLevel | Should -Be 'Quarantine'
    }

    It 'says so where nobody looks after the rule' {
        Set-ConnectorAccessRule DeviceType OutlookService Block -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'AccessRuleNotFound,*'
        $failure[0].ErrorDetails.RecommendedAction | Should -BeLike '*New-ConnectorAccessRule*'
    }
}
