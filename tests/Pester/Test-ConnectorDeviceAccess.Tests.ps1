BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
}

AfterAll {
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
}

Describe 'Test-ConnectorDeviceAccess' {
    BeforeAll {
        Invoke-ConnectorSync -Full -Force @secrets | Out-Null
    }

    It 'explains the phone of <Mailbox> by <Reason>' -ForEach @(
        @{ Mailbox = 'jane.doe@contoso.com'; Decision = 'Allow'; Reason = 'Compliant' }
        @{ Mailbox = 'pat.nguyen@contoso.com'; Decision = 'Block'; Reason = 'NotEnrolled' }
        @{ Mailbox = 'sam.rossi@contoso.com'; Decision = 'Block'; Reason = 'NotCompliant' }
        @{ Mailbox = 'ugo.serra@contoso.com'; Decision = 'LeaveToExchange'; Reason = 'UserNotLicensed' }
        @{ Mailbox = 'scanner.lobby@contoso.com'; Decision = 'LeaveToExchange'; Reason = 'UserNotFound' }
        @{ Mailbox = 'vera.lang@contoso.com'; Decision = 'LeaveToExchange'; Reason = 'UserExempt' }
    ) {
        $explanation = Get-ConnectorDevice -Mailbox $Mailbox | Select-Object -First 1 | Test-ConnectorDeviceAccess | Select-Object -First 1
        $explanation.Decision | Should -Be $Decision
        $explanation.Reason | Should -Be $Reason
        $explanation.Steps[-1].Outcome | Should -BeLike "*$Reason*"
        $explanation.ExchangeSteps.Count | Should -BeGreaterThan 0
        $explanation.NextStep | Should -Not -BeNullOrEmpty
    }

    It 'names what it does not know' {
        $failure = { Test-ConnectorDeviceAccess -Mailbox jane.doe@contoso.com -DeviceId NOSUCH -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'DeviceNotFound,*'
    }
}
