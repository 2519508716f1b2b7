BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-IntuneExchangeConnector -ExchangeUri $sandbox.ExchangeUri @tenant -AccessToken $token
}

AfterAll {
    Uninstall-IntuneExchangeConnector -Confirm:$false
    Remove-ConnectorHome $folder
}

Describe 'Get-ConnectorAccessPolicy' {
    It 'is switched off with the override on after an installation' {
        $policy = Get-ConnectorAccessPolicy
        $policy.Enabled | Should -BeFalse
        $policy.OverrideDefaultRule | Should -BeTrue
        $policy.DefaultAccessLevel | Should -Be 'Unmanaged'
        $policy.Connector | Should -Be 'Default'
    }

    It 'explains every setting' {
        $lines = Get-ConnectorAccessPolicy -Explain
        $lines.Count | Should -Be 22
        $lines[0].Effect | Should -BeLike 'Off:*'
    }
}
