BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
}

AfterAll {
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
}

Describe 'Invoke-ConnectorSync' {
    It 'shows what it would do and writes nothing under -WhatIf' {
        $result = Invoke-ConnectorSync -Full -WhatIf @secrets -WarningAction SilentlyContinue
        $result.Status | Should -Be 'Planned'
        $result.Changes | Should -BeGreaterThan 100
        Get-ConnectorSyncHistory | Should -BeNullOrEmpty
    }

    It 'is held when it would deny too many, and says so' {
        $result = Invoke-ConnectorSync -Full @secrets -WarningVariable warnings -WarningAction SilentlyContinue
        $result.Status | Should -Be 'Held'
        $result.ExitCode | Should -Be 2
        $result.HeldReason | Should -BeLike '*-Force*'
        "$warnings" | Should -BeLike '*nothing was written*'
    }

    It 'writes with -Force, and finds nothing to do afterwards' {
        $first = Invoke-ConnectorSync -Full -Force @secrets
        $first.Status | Should -Be 'Succeeded'
        $first.ExitCode | Should -Be 0
        $first.Partnerships | Should -Be ($first.Allowed + $first.Blocked + $first.LeftToExchange + $first.SystemPartnerships + $first.Unreadable)
        $second = Invoke-ConnectorSync -Full @secrets
        $second.Changes | Should -Be 0
        $second.MailboxWrites | Should -Be 0
    }

    It 'is quick by default once a full run has succeeded' {
        (Invoke-ConnectorSync @secrets).Kind | Should -Be 'Quick'
    }

    It 'uses several sessions of the caller' {
        $sessions = (New-ExchangeSession), (New-ExchangeSession)
        try { (Invoke-ConnectorSync -Session $sessions @secrets).Status | Should -Be 'Succeeded' }
        finally { $sessions | ForEach-Object { $_.Runspace.Dispose() } }
    }

    It 'repairs what somebody took out, and leaves what an administrator put in' {
        $session = New-ExchangeSession
        try {
            $device = Get-ConnectorDevice -Decision Allow | Where-Object { $_.Conflict -eq 'None' } | Select-Object -First 1
            Invoke-Command -Session $session -ScriptBlock ([scriptblock]::Create("Set-CASMailbox -Identity '$($device.Mailbox)' -ActiveSyncAllowedDeviceIDs 'ADMINISTRATORSOWN'"))
            $result = Invoke-ConnectorSync @secrets
            $result.MailboxWrites | Should -Be 1
            $mailbox = Invoke-Command -Session $session -ScriptBlock ([scriptblock]::Create("Get-CASMailbox -Identity '$($device.Mailbox)'"))
            $mailbox.ActiveSyncAllowedDeviceIDs | Should -Contain $device.DeviceId
            $mailbox.ActiveSyncAllowedDeviceIDs | Should -Contain 'ADMINISTRATORSOWN'
        }
        finally { $session.Runspace.Dispose() }
    }

    It 'reports progress by stage and always ends it' {
        $records = @(Invoke-ConnectorSync @secrets -Verbose 4>$null | ForEach-Object { $_ })
        $records.Count | Should -Be 1
    }

    It 'refuses a group that does not exist before anything is written, and keeps it in the history' {
        Set-ConnectorAccessPolicy -IncludedGroup 11111111-1111-1111-1111-111111111111
        try {
            $failure = { Invoke-ConnectorSync -Full @secrets } | Should -Throw -PassThru
            $failure.FullyQualifiedErrorId | Should -BeLike 'GroupNotFound,*'
            $failure.TargetObject | Should -Be '11111111-1111-1111-1111-111111111111'
            (Get-ConnectorSyncHistory -Last 1).Status | Should -Be 'Failed'

            # A quick run asks for nothing twice: it finds out while it reads.
            $result = Invoke-ConnectorSync -Quick @secrets -ErrorAction SilentlyContinue -ErrorVariable told
            $result.Status | Should -Be 'Failed'
            $result.FailureId | Should -Be 'GroupNotFound'
            $result.MailboxWrites | Should -Be 0
            $told.Count | Should -Be 1
        }
        finally { Set-ConnectorAccessPolicy -IncludedGroup $sandbox.MobileUsers }
    }

    It 'asks for the password that this system does not keep' -Skip:($IsWindows -or $PSEdition -eq 'Desktop') {
        $failure = { Invoke-ConnectorSync } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'CertificateUnusable,*'
    }

    It 'refuses a connector that does not exist' {
        $failure = { Invoke-ConnectorSync -Name Nobody } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'ConnectorNotFound,*'
    }
}
