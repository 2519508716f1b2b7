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

    It 'changes how the connector signs in, and back' {
        Set-IntuneExchangeConnector -UseManagedIdentity
        (Get-IntuneExchangeConnector).Tenant.Method | Should -Be 'ManagedIdentity'
        { Invoke-ConnectorSync -Full -ErrorAction Stop } | Should -Throw -ErrorId 'ManagedIdentityUnavailable*'
        Set-IntuneExchangeConnector @certificate -WarningAction SilentlyContinue
        (Get-IntuneExchangeConnector).Tenant.Method | Should -Be 'CertificateFile'
    }

    It 'takes a proxy towards the tenant, which is not there, and gives it back' {
        Set-IntuneExchangeConnector -TenantProxy http://127.0.0.1:9
        { Invoke-ConnectorSync -Full @secrets -ErrorAction Stop } | Should -Throw -ErrorId 'GraphUnreachable*'
        Set-IntuneExchangeConnector -TenantProxy $null
        (Get-IntuneExchangeConnector).Tenant.Proxy | Should -BeNullOrEmpty
    }

    It 'asks Intune after a run only where it is told to, and says what became of it' {
        (Invoke-ConnectorSync -Full -Force @secrets).Notes | Where-Object Kind -EQ 'Intune' | Should -BeNullOrEmpty
        (Get-IntuneExchangeConnector).IntuneConnector.Status | Should -Not -BeNullOrEmpty
        Set-IntuneExchangeConnector -RequestIntuneSync $true
        (Invoke-ConnectorSync -Full -Force @secrets).Notes | Where-Object Kind -EQ 'Intune' | Should -HaveCount 1
        Set-IntuneExchangeConnector -RequestIntuneSync $false
    }

    It 'writes no token into a transcript' {
        $transcript = Join-Path $folder 'transcript.txt'
        Start-Transcript -Path $transcript | Out-Null
        try {
            Test-ConnectorPrerequisite -AccessToken $token -Verbose -Debug | Format-List * | Out-Host
            Invoke-ConnectorSync -Full -Force -AccessToken $token -Verbose -Debug | Format-List * | Out-Host
        }
        finally { Stop-Transcript | Out-Null }
        $text = Get-Content -Path $transcript -Raw
        $text | Should -Match 'Sign-in to the tenant'
        $text.Contains($sandbox.AccessToken.Split('.')[2]) | Should -BeFalse
    }
}
