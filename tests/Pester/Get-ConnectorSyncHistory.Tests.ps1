BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
}

AfterAll {
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
}

Describe 'Get-ConnectorSyncHistory' {
    BeforeAll {
        Invoke-ConnectorSync -Full -Force @secrets | Out-Null
        Invoke-ConnectorSync -Quick @secrets | Out-Null
    }

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
