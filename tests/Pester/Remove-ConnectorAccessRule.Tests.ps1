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

Describe 'Remove-ConnectorAccessRule' {
    BeforeAll {
        Get-ConnectorAccessRule -Refresh @secrets | Where-Object QueryString -EQ OutlookService | New-ConnectorAccessRule | Out-Null
        New-ConnectorAccessRule DeviceType Wristwatch Block | Out-Null
        Invoke-ConnectorSync -Full -Force @secrets | Out-Null
    }

    It 'changes nothing under -WhatIf' {
        Get-ConnectorAccessRule -State InPlace | Remove-ConnectorAccessRule -WhatIf
        @(Get-ConnectorAccessRule -State InPlace).Count | Should -Be 2
    }

    It 'has the connector''s own rule removed by the next full sync, and an adopted one stay' {
        $left = Get-ConnectorAccessRule -State InPlace | Remove-ConnectorAccessRule -PassThru
        ($left | Where-Object QueryString -EQ Wristwatch).State | Should -Be 'ToRemove'
        ($left | Where-Object QueryString -EQ OutlookService).State | Should -Be 'Administrator'
        (Invoke-ConnectorSync -Full -Force @secrets).Changes | Should -Be 1
        Get-ConnectorAccessRule -QueryString Wristwatch | Should -BeNullOrEmpty
        @(Get-ConnectorAccessRule -QueryString OutlookService).Count | Should -Be 1
    }

    It 'says so where nobody looks after the rule' {
        Remove-ConnectorAccessRule DeviceType Nothing -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'AccessRuleNotFound,*'
    }
}
