BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
}

AfterAll {
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
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
