BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
}

AfterAll {
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

Describe 'Set-IntuneExchangeConnector' {
    It 'keeps the notification mailbox and the address of Exchange Web Services' {
        Set-IntuneExchangeConnector -NotificationMailbox notices@contoso.com -ExchangeWebServiceUrl https://mail.contoso.com/EWS/Exchange.asmx
        $status = Get-IntuneExchangeConnector
        $status.NotificationMailbox | Should -Be 'notices@contoso.com'
        $status.ExchangeWebServiceUrl | Should -Be 'https://mail.contoso.com/EWS/Exchange.asmx'
    }

    It 'keeps elements of the file that it does not know' {
        $path = (Get-IntuneExchangeConnector).ConfigurationPath
        (Get-Content -Path $path -Raw) -replace '</(\w+)>\s*$', '<SomethingOfMine keep="yes">text</SomethingOfMine></$1>' | Set-Content -Path $path
        Set-IntuneExchangeConnector -NotificationMailbox other@contoso.com
        Get-Content -Path $path -Raw | Should -BeLike '*<SomethingOfMine keep="yes">text</SomethingOfMine>*'
    }

    It 'changes nothing under -WhatIf' {
        Set-IntuneExchangeConnector -NotificationMailbox nobody@contoso.com -WhatIf
        (Get-IntuneExchangeConnector).NotificationMailbox | Should -Be 'other@contoso.com'
    }
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
