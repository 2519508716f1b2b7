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

Describe 'Remove-ConnectorMailboxPolicy' {
    BeforeAll {
        New-ConnectorMailboxPolicy Phones -AllowCamera $false -Mailbox jane.doe@contoso.com | Out-Null
        New-ConnectorMailboxPolicy Executives -PasswordEnabled $true | Out-Null
        Invoke-ConnectorSync -Full -Force @secrets | Out-Null
    }

    It 'changes nothing under -WhatIf' {
        Get-ConnectorMailboxPolicy -State InPlace | Remove-ConnectorMailboxPolicy -WhatIf
        @(Get-ConnectorMailboxPolicy -State InPlace).Count | Should -Be 2
    }

    It 'has the connector''s own policy removed and its mailboxes go back to the default, and an adopted one stay' {
        $left = Get-ConnectorMailboxPolicy -State InPlace | Remove-ConnectorMailboxPolicy -PassThru
        ($left | Where-Object Policy -EQ Phones).State | Should -Be 'ToRemove'
        ($left | Where-Object Policy -EQ Executives).State | Should -Be 'Administrator'
        $result = Invoke-ConnectorSync -Full -Force @secrets
        $result.Failures | Should -Be 0
        $result.MailboxWrites | Should -Be 1
        Get-ConnectorMailboxPolicy Phones | Should -BeNullOrEmpty
        @(Get-ConnectorMailboxPolicy Executives).Count | Should -Be 1
    }

    It 'says so where nobody looks after the policy' {
        Remove-ConnectorMailboxPolicy Nothing -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'MailboxPolicyNotFound,*'
    }
}
