BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
}

AfterAll {
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
}

Describe 'Get-ConnectorExemption before the first read' {
    It 'says which command reads' {
        $failure = { Get-ConnectorExemption -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'NoSnapshot,*'
    }
}

Describe 'Get-ConnectorExemption' {
    BeforeAll {
        Invoke-ConnectorSync -Full -Force @secrets | Out-Null
    }

    It 'counts the entries of the connector as its status does' {
        @(Get-ConnectorExemption -Owner Connector).Count | Should -Be (Get-IntuneExchangeConnector).Entries
    }

    It 'tells every entry to one owner' {
        @(Get-ConnectorExemption).Count | Should -Be (@(Get-ConnectorExemption -Owner Connector).Count + @(Get-ConnectorExemption -Owner Administrator).Count)
    }

    It 'finds entries whose device is gone' {
        $gone = Get-ConnectorExemption -Mailbox gina.moss@contoso.com
        $gone.DeviceExists | Should -Be $false
        $gone.Owner | Should -Be 'Administrator'
        $gone.DeviceId | Should -BeIn (Get-ConnectorExemption -DeviceExists $false).DeviceId
    }

    It 'filters by list' {
        Get-ConnectorExemption -List Blocked | ForEach-Object List | Sort-Object -Unique | Should -Be 'Blocked'
    }

    It 'knows since when the entries of the connector are there' {
        (Get-ConnectorExemption -Owner Connector | Select-Object -First 1).Since | Should -BeGreaterThan (Get-ConnectorSyncHistory -Last 1).Started.AddMinutes(-1)
    }

    It 'does not guess since when an older entry is there' {
        (Get-ConnectorExemption -Mailbox gina.moss@contoso.com).Since | Should -BeNullOrEmpty
    }

    It 'takes devices from the pipeline' {
        Get-ConnectorDevice -Mailbox jane.doe@contoso.com | Get-ConnectorExemption | ForEach-Object Mailbox | Should -Be 'jane.doe@contoso.com'
    }

    It 'names a mailbox that is not known and goes on' {
        $found = 'nobody@contoso.com', 'gina.moss@contoso.com' | ForEach-Object { [pscustomobject]@{ Mailbox = $_ } } | Get-ConnectorExemption -ErrorVariable failures -ErrorAction SilentlyContinue
        @($found).Count | Should -Be 1
        $failures.FullyQualifiedErrorId | Should -BeLike 'MailboxNotFound,*'
    }

    It 'stops early when the pipeline wants no more' {
        @(Get-ConnectorExemption | Select-Object -First 3).Count | Should -Be 3
    }

    It 'shows a table' {
        Get-ConnectorExemption -Mailbox gina.moss@contoso.com | Out-String -Width 200 | Should -Match 'Mailbox\s+DeviceId\s+List\s+Owner\s+DeviceExists\s+Since'
    }
}
