BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
}

AfterAll {
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
}

Describe 'Get-ConnectorDevice before the first read' {
    It 'says which command reads' {
        $failure = { Get-ConnectorDevice -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'NoSnapshot,*'
        $failure.ErrorDetails.RecommendedAction | Should -BeLike '*Invoke-ConnectorSync*'
    }
}

Describe 'Get-ConnectorDevice' {
    BeforeAll {
        Invoke-ConnectorSync -Full -Force @secrets | Out-Null
    }

    It 'lists every decided partnership' {
        $run = Get-ConnectorSyncHistory -Last 1
        @(Get-ConnectorDevice).Count | Should -Be ($run.Result.Partnerships - $run.Result.SystemPartnerships)
    }

    It 'filters by decision and reason' {
        Get-ConnectorDevice -Decision Block | ForEach-Object Decision | Sort-Object -Unique | Should -Be 'Block'
        Get-ConnectorDevice -Reason NotEnrolled | ForEach-Object Reason | Sort-Object -Unique | Should -Be 'NotEnrolled'
    }

    It 'finds a mailbox in any case' {
        @(Get-ConnectorDevice -Mailbox 'JANE.DOE@contoso.com').Count | Should -BeGreaterThan 0
    }

    It 'takes mailboxes from the pipeline' {
        'jane.doe@contoso.com', 'pat.nguyen@contoso.com' | ForEach-Object { [pscustomobject]@{ Mailbox = $_ } } | Get-ConnectorDevice |
            ForEach-Object Mailbox | Sort-Object -Unique | Should -Be 'jane.doe@contoso.com', 'pat.nguyen@contoso.com'
    }

    It 'reads anew with -Refresh' {
        $before = (Get-ConnectorDevice | Select-Object -First 1).AsOf
        (Get-ConnectorDevice -Refresh @secrets | Select-Object -First 1).AsOf | Should -BeGreaterThan $before
    }

    It 'stops early when the pipeline wants no more' {
        @(Get-ConnectorDevice | Select-Object -First 3).Count | Should -Be 3
    }

    It 'shows a table' {
        Get-ConnectorDevice -Mailbox jane.doe@contoso.com | Out-String -Width 200 | Should -Match 'Mailbox\s+DeviceId\s+Decision\s+Reason'
    }
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

Describe 'Get-ConnectorSyncHistory' {
    It 'lists runs, newest first, and their changes on request' {
        $runs = @(Get-ConnectorSyncHistory)
        $runs[0].Started | Should -BeGreaterOrEqual $runs[-1].Started
        $changed = $runs | Where-Object { $_.Result.MailboxWrites -gt 0 } | Select-Object -Last 1
        $changed.Changes | Should -BeNullOrEmpty
        $changes = (Get-ConnectorSyncHistory -RunId $changed.RunId -IncludeChange).Changes
        $changes.Count | Should -Be $changed.Result.MailboxWrites
        $changes[0].Outcome | Should -Be 'Applied'
        $changes[0].Before.Keys | Should -Contain 'Allowed'
    }

    It 'names a run that does not exist' {
        $failure = { Get-ConnectorSyncHistory -RunId ([guid]::Empty) -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'RunNotFound,*'
    }
}
