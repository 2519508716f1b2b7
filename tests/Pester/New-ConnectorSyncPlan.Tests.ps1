BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
    Invoke-ConnectorSync -Full -Force @secrets | Out-Null
}

AfterAll {
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
}

Describe 'New-ConnectorSyncPlan -DefaultAccessLevel' {
    BeforeAll {
        $plan = New-ConnectorSyncPlan -DefaultAccessLevel Quarantine @secrets
    }

    It 'counts every partnership once' {
        $plan.Partnerships | Should -Be @(Get-ConnectorDevice).Count
        $plan.Hit + $plan.DeniedAnyway + $plan.Covered + $plan.Admitted + $plan.AlreadyDenied + $plan.Unaffected | Should -Be $plan.Partnerships
        $plan.Hit | Should -BeGreaterThan 0
    }

    It 'says by what a compliant phone is covered' {
        $row = $plan.Rows | Where-Object Mailbox -EQ jane.doe@contoso.com | Select-Object -First 1
        $row.Effect | Should -Be 'Covered'
        $row.CoveredBy | Should -Be 'allow entry of this connector'
    }

    It 'writes no run and changes no level' {
        @(Get-ConnectorSyncHistory).Count | Should -Be 1
        (Get-ConnectorAccessPolicy).DefaultAccessLevel | Should -Be 'Unmanaged'
    }

    It 'asks mailboxes only with -ActiveWithin, and takes a number for days' {
        $plan.Grandfather | Should -BeNullOrEmpty
        $asked = New-ConnectorSyncPlan Block -ActiveWithin 30 @secrets
        $asked.ActiveWithin.TotalDays | Should -Be 30
        $asked.MailboxesAsked | Should -Be $asked.HitMailboxes
        $asked.Grandfather | Should -Be @($asked.Rows | Where-Object Grandfather).Count
        $asked.NextSteps | Should -Not -BeNullOrEmpty
    }

    It 'hits nobody with a level that keeps nobody out' {
        (New-ConnectorSyncPlan -DefaultAccessLevel Allow @secrets).Hit | Should -Be 0
    }

    It 'shows a list, and its rows as a table' {
        $plan | Out-String -Width 200 | Should -Match 'Change\s+: \w+ -> Quarantine'
        $plan | Out-String -Width 200 | Should -Match 'Coverage\s+: \w+'
        $plan.Rows | Out-String -Width 240 | Should -Match 'Mailbox\s+DeviceId\s+DeviceModel\s+Now\s+After\s+Effect\s+CoveredBy\s+LastSync'
    }

    It 'refuses a time that is none' {
        { New-ConnectorSyncPlan Block -ActiveWithin 0 @secrets } | Should -Throw -ErrorId 'InvalidParameter,*'
    }
}
