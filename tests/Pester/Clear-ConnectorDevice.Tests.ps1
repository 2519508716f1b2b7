BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
    Invoke-ConnectorSync -Full -Force @secrets | Out-Null
}

AfterAll {
    Get-ConnectorDevice -Mailbox jane.doe@contoso.com | Clear-ConnectorDevice -Cancel -Confirm:$false | Out-Null
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
}

Describe 'Clear-ConnectorDevice' {
    It 'asks for nothing with -WhatIf' {
        Get-ConnectorDevice -Mailbox jane.doe@contoso.com | Clear-ConnectorDevice -WhatIf | Should -BeNullOrEmpty
        (Get-ConnectorDevice -Mailbox jane.doe@contoso.com -IncludeStatistics).Statistics.WipeStatus | Should -Be 'None'
    }

    It 'asks for a wipe and says that it is asked for, not done' {
        $wipe = Get-ConnectorDevice -Mailbox jane.doe@contoso.com | Clear-ConnectorDevice -AccountOnly -Confirm:$false
        $wipe.Status | Should -Be 'Requested'
        $wipe.AccountOnly | Should -BeTrue
        $wipe.AcknowledgedAt | Should -BeNullOrEmpty
        $wipe.NextStep | Should -Not -BeNullOrEmpty
        (Get-ConnectorDevice -Mailbox jane.doe@contoso.com -IncludeStatistics).Statistics.WipeStatus | Should -Be 'Requested'
    }

    It 'is in the history with who ordered it' {
        $change = (Get-ConnectorSyncHistory -Last 1 -IncludeChange).Changes[0]
        $change.Action | Should -BeLike 'request a wipe*'
        $change.After['OrderedBy'] | Should -Not -BeNullOrEmpty
    }

    It 'takes the request back' {
        (Get-ConnectorDevice -Mailbox jane.doe@contoso.com | Clear-ConnectorDevice -Cancel -Confirm:$false).Status | Should -Be 'Cancelled'
    }

    It 'works in a session of the caller' {
        $session = New-ExchangeSession
        try {
            $device = Get-ConnectorDevice -Mailbox jane.doe@contoso.com
            (Clear-ConnectorDevice $device.Mailbox $device.DeviceId -Session $session -Confirm:$false).Status | Should -Be 'Requested'
            (Clear-ConnectorDevice $device.Mailbox $device.DeviceId -Session $session -Cancel -Confirm:$false).Status | Should -Be 'Cancelled'
            $session.State | Should -Be 'Opened'
        }
        finally {
            $session | Remove-PSSession
        }
    }

    It 'refuses an id with two partnerships and names both' {
        $id = (Get-ConnectorDevice -Mailbox tom.berg@contoso.com | Select-Object -First 1).DeviceId
        $failure = { Clear-ConnectorDevice tom.berg@contoso.com $id -Confirm:$false -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'DeviceAmbiguous,*'
        foreach ($device in Get-ConnectorDevice -Mailbox tom.berg@contoso.com) { $failure.Exception.Message | Should -BeLike "*$($device.PartnershipId)*" }
    }

    It 'names a device that is not known' {
        $failure = { Clear-ConnectorDevice jane.doe@contoso.com NOSUCHID -Confirm:$false -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'DeviceNotFound,*'
    }

    It 'shows a list' {
        Get-ConnectorDevice -Mailbox jane.doe@contoso.com | Clear-ConnectorDevice -Cancel -Confirm:$false | Out-String | Should -Match 'NextStep\s+: No wipe is pending'
    }
}
