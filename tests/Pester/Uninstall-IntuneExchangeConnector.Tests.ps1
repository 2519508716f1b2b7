BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
}

AfterAll {
    Remove-ConnectorHome $folder
}

Describe 'Uninstall-IntuneExchangeConnector' {
    It 'keeps everything under -WhatIf' {
        Uninstall-IntuneExchangeConnector -WhatIf
        Get-IntuneExchangeConnector | Should -Not -BeNullOrEmpty
    }

    It 'gives every entry back with -WithdrawEntries' {
        $session = New-ExchangeSession
        function Read-Lists {
            Invoke-Command -Session $session { Get-CASMailbox -ResultSize Unlimited } | Sort-Object PrimarySmtpAddress |
                ForEach-Object { "$($_.PrimarySmtpAddress) $($_.ActiveSyncAllowedDeviceIDs -join ',') $($_.ActiveSyncBlockedDeviceIDs -join ',')" }
        }
        try {
            $before = Read-Lists
            (Invoke-ConnectorSync -Full -Force @secrets).MailboxWrites | Should -BeGreaterThan 10
            Compare-Object $before (Read-Lists) | Should -Not -BeNullOrEmpty
            Uninstall-IntuneExchangeConnector -WithdrawEntries -Confirm:$false
            Compare-Object $before (Read-Lists) | Should -BeNullOrEmpty
        }
        finally { $session.Runspace.Dispose() }
        Get-IntuneExchangeConnector -WarningAction SilentlyContinue | Should -BeNullOrEmpty
        Get-ChildItem $folder -Recurse -File | Should -BeNullOrEmpty
    }
}
