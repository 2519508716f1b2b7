BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
}

AfterAll {
    Remove-ConnectorHome $folder
}

Describe 'Install-IntuneExchangeConnector' {
    AfterEach {
        Get-IntuneExchangeConnector -WarningAction SilentlyContinue | ForEach-Object { Uninstall-IntuneExchangeConnector -Name $_.Name -Confirm:$false }
    }

    It 'installs over a session that it opens itself, signed in by certificate' {
        $status = Install-IntuneExchangeConnector -ExchangeUri $sandbox.ExchangeUri @tenant @certificate -PassThru -WarningAction SilentlyContinue
        $status.Name | Should -Be 'Default'
        $status.State | Should -Be 'PolicyDisabled'
        $status.Organization | Should -BeLike 'CN=*,CN=Microsoft Exchange,CN=Services,CN=Configuration,*'
        Join-Path $folder 'OnPremisesExchangeConnectorServiceConfiguration.xml' | Should -Exist
    }

    It 'says nothing without -PassThru' {
        Install-IntuneExchangeConnector -ExchangeUri $sandbox.ExchangeUri @tenant -AccessToken $token | Should -BeNullOrEmpty
    }

    It 'installs over a session of the caller' {
        $session = New-ExchangeSession
        try { (Install-IntuneExchangeConnector -Session $session @tenant -AccessToken $token -PassThru).Exchange.Entrance | Should -Be 'CallerSession' }
        finally { $session.Runspace.Dispose() }
    }

    It 'installs over the cmdlets of the caller''s own shell' {
        $session = New-ExchangeSession
        try {
            $imported = Import-PSSession $session -DisableNameChecking -AllowClobber
            (Install-IntuneExchangeConnector @tenant -AccessToken $token -PassThru).Exchange.Entrance | Should -Be 'CallerRunspace'
            Uninstall-IntuneExchangeConnector -Confirm:$false
        }
        finally {
            if ($imported) { Remove-Module $imported -Force }
            $session.Runspace.Dispose()
        }
    }

    It 'writes nothing under -WhatIf' {
        Install-IntuneExchangeConnector -ExchangeUri $sandbox.ExchangeUri @tenant -AccessToken $token -WhatIf
        Get-IntuneExchangeConnector -WarningAction SilentlyContinue | Should -BeNullOrEmpty
    }

    It 'refuses a second connector for the organisation, and takes over with -Replace' {
        Install-IntuneExchangeConnector -ExchangeUri $sandbox.ExchangeUri @tenant -AccessToken $token
        Set-ConnectorAccessPolicy -FuseMinimum 7
        $failure = { Install-IntuneExchangeConnector -Name Second -ExchangeUri $sandbox.ExchangeUri @tenant -AccessToken $token } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'ConnectorExists,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*-Replace*'
        Install-IntuneExchangeConnector -Name Second -ExchangeUri $sandbox.ExchangeUri @tenant -AccessToken $token -Replace -Confirm:$false
        (Get-IntuneExchangeConnector).Name | Should -Be 'Second'
        (Get-ConnectorAccessPolicy).FuseMinimum | Should -Be 7
    }

    It 'leaves nothing behind when <What>' -ForEach @(
        @{ What = 'Exchange cannot be reached'; Id = 'ExchangeUnreachable'; With = { Install-IntuneExchangeConnector -ExchangeUri pipe://localhost/nobody-listens @tenant -AccessToken $token } }
        @{ What = 'the tenant is unknown'; Id = 'TenantNotFound'; With = { $other = $tenant.Clone(); $other.TenantId = '00000000-0000-0000-0000-000000000009'; Install-IntuneExchangeConnector -ExchangeUri $sandbox.ExchangeUri @other @certificate } }
        @{ What = 'the application is unknown'; Id = 'TenantSignInFailed'; With = { $other = $tenant.Clone(); $other.ClientId = '00000000-0000-0000-0000-000000000008'; Install-IntuneExchangeConnector -ExchangeUri $sandbox.ExchangeUri @other @certificate } }
        @{ What = 'the certificate''s password is wrong'; Id = 'CertificateUnusable'; With = { Install-IntuneExchangeConnector -ExchangeUri $sandbox.ExchangeUri @tenant -CertificatePath $sandbox.CertificatePath -CertificatePassword (ConvertTo-SecureString 'wrong' -AsPlainText -Force) } }
        @{ What = 'the token has expired'; Id = 'AccessTokenExpired'; With = { Install-IntuneExchangeConnector -ExchangeUri $sandbox.ExchangeUri @tenant -AccessToken (ConvertTo-SecureString 'eyJhbGciOiJub25lIn0.eyJleHAiOjE1MDAwMDAwMDB9.x' -AsPlainText -Force) } }
        @{ What = 'the name cannot be a folder''s'; Id = 'ConnectorNameInvalid'; With = { Install-IntuneExchangeConnector -Name '../up' -ExchangeUri $sandbox.ExchangeUri @tenant -AccessToken $token } }
        @{ What = 'the address is none of Exchange'; Id = 'InvalidParameter'; With = { Install-IntuneExchangeConnector -ExchangeUri ftp://exchange/ @tenant -AccessToken $token } }
    ) {
        $failure = $With | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike "$Id,*"
        $failure.ErrorDetails.RecommendedAction | Should -Not -BeNullOrEmpty
        "$failure" | Should -Not -BeLike "*$($sandbox.CertificatePassword)*"
        Get-ChildItem $folder -Recurse -File | Should -BeNullOrEmpty
    }
}
