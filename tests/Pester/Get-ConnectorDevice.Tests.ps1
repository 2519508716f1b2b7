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

    It 'takes several reasons and conflicts' {
        Get-ConnectorDevice -Reason NotEnrolled, UserNotFound | ForEach-Object Reason | Sort-Object -Unique | Should -Be 'NotEnrolled', 'UserNotFound'
        Get-ConnectorDevice -Conflict HeldByAdministrator | ForEach-Object Conflict | Sort-Object -Unique | Should -Be 'HeldByAdministrator'
    }

    It 'lists phones that changed their id in pairs' {
        $changed = @(Get-ConnectorDevice -Changed)
        $changed.Count | Should -BeGreaterThan 1
        $changed | Out-String -Width 200 | Should -Match 'id changed'
        foreach ($device in $changed | Where-Object ReplacedBy) {
            $other = Get-ConnectorDevice -Mailbox $device.Mailbox -DeviceId $device.ReplacedBy | Where-Object Replaces -EQ $device.DeviceId
            $other.DeviceModel | Should -Be $device.DeviceModel
            $device.IdChanges.Evidence | Should -Not -BeNullOrEmpty
        }
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
