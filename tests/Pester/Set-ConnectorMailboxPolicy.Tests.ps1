BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
}

AfterAll {
    Get-ConnectorMailboxPolicy | Where-Object { $null -ne $_.WantedSettings } | Remove-ConnectorMailboxPolicy
    Invoke-ConnectorSync -Full -Force @secrets | Out-Null
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
}

Describe 'Set-ConnectorMailboxPolicy' {
    BeforeAll {
        New-ConnectorMailboxPolicy Phones -MinPasswordLength 6 -AllowCamera $false | Out-Null
        Invoke-ConnectorSync -Full -Force @secrets | Out-Null
    }

    It 'changes what is named, with the next full sync, and nothing else' {
        $changed = Get-ConnectorMailboxPolicy Phones | Set-ConnectorMailboxPolicy -MinPasswordLength 0 -PassThru
        "$($changed.WantedSettings)" | Should -Be 'MinPasswordLength = 0, AllowCamera = false'
        (Invoke-ConnectorSync -Full -Force @secrets).Changes | Should -Be 1
        (Get-ConnectorMailboxPolicy Phones).State | Should -Be 'InPlace'
    }

    It 'stops looking after single settings' {
        Set-ConnectorMailboxPolicy Phones -ReleaseSetting AllowCamera
        "$((Get-ConnectorMailboxPolicy Phones).WantedSettings)" | Should -Be 'MinPasswordLength = 0'
    }

    It 'assigns to named mailboxes' {
        Set-ConnectorMailboxPolicy Phones -Mailbox jane.doe@contoso.com, pat.nguyen@contoso.com
        (Invoke-ConnectorSync -Full -Force @secrets).MailboxWrites | Should -Be 2
        (Invoke-ConnectorSync -Full -Force @secrets).Changes | Should -Be 0
    }

    It 'warns where nothing was named, and changes nothing under -WhatIf' {
        Set-ConnectorMailboxPolicy Phones -WarningVariable warnings -WarningAction SilentlyContinue
        $warnings.Count | Should -Be 1
        Set-ConnectorMailboxPolicy Phones -MinPasswordLength 9 -WhatIf
        "$((Get-ConnectorMailboxPolicy Phones).WantedSettings)" | Should -Be 'MinPasswordLength = 0'
    }

    It 'says so where nobody looks after the policy' {
        Set-ConnectorMailboxPolicy Executives -AllowCamera $true -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'MailboxPolicyNotFound,*'
    }
}
