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

Describe 'New-ConnectorAccessRule' {
    It 'changes nothing under -WhatIf' {
        New-ConnectorAccessRule -Characteristic DeviceType -QueryString Wristwatch -AccessLevel Block -WhatIf
        Get-ConnectorAccessRule -QueryString Wristwatch | Should -BeNullOrEmpty
    }

    It 'says that the next full sync creates the rule, which it does' {
        $rule = New-ConnectorAccessRule -Characteristic DeviceType -QueryString Wristwatch -AccessLevel Block -Verbose 4>&1
        "$rule" | Should -BeLike '*next full sync creates it*'
        (Invoke-ConnectorSync -Full -Force @secrets).Status | Should -Be 'Succeeded'
        (Get-ConnectorAccessRule DeviceType Wristwatch).State | Should -Be 'InPlace'
        (Get-ConnectorAccessRule DeviceType Wristwatch).Owner | Should -Be 'Connector'
        (Invoke-ConnectorSync -Full -Force @secrets).Changes | Should -Be 0
    }

    It 'adopts a rule of an administrator' {
        $adopted = Get-ConnectorAccessRule DeviceType OutlookService | New-ConnectorAccessRule
        $adopted.State | Should -Be 'InPlace'
        $adopted.Owner | Should -Be 'Administrator'
    }

    It 'refuses the same rule twice, in whatever letters' {
        New-ConnectorAccessRule DeviceType WRISTWATCH Allow -ErrorVariable failure -ErrorAction SilentlyContinue | Should -BeNullOrEmpty
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'AccessRuleExists,*'
        $failure[0].CategoryInfo.Category | Should -Be 'ResourceExists'
    }

    It 'makes no rule for a header' {
        { New-ConnectorAccessRule XMSWLHeader x Allow } | Should -Throw
        { New-ConnectorAccessRule Unknown x Allow } | Should -Throw
    }
}
