BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
}

AfterAll {
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
}

Describe 'Get-ConnectorFailover' {
    It 'lists the servers with the one in use first' {
        $servers = Get-ConnectorFailover
        $servers.Count | Should -BeGreaterThan 1
        $servers[0].InUse | Should -BeTrue
        $servers[0].Preferred | Should -BeTrue
        $servers[0].Version | Should -Match '^Exchange Server '
    }

    It 'tries each server with -Probe' {
        $servers = Get-ConnectorFailover -Probe
        $servers.State | Should -Not -Contain 'Unknown'
        $servers | ForEach-Object { $_.LastProbe | Should -Not -BeNullOrEmpty }
    }

    It 'takes the connector from the pipeline and names one that does not exist' {
        Get-IntuneExchangeConnector | Get-ConnectorFailover | Should -Not -BeNullOrEmpty
        { Get-ConnectorFailover -Name NoSuch -ErrorAction Stop } | Should -Throw -ErrorId 'ConnectorNotFound,*'
    }

    It 'shows a table' {
        Get-ConnectorFailover | Out-String -Width 200 | Should -Match 'Server\s+Role\s+State\s+Used as\s+Last probe\s+Version'
    }
}
