BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
}

AfterAll {
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
}

Describe 'Set-ConnectorFailover' {
    It 'switches failover off in the file under its old name' {
        Set-ConnectorFailover -Enabled $false
        Get-Content -Path (Get-IntuneExchangeConnector).ConfigurationPath -Raw | Should -BeLike '*<IsCasFailoverEnabled>false</IsCasFailoverEnabled>*'
        Set-ConnectorFailover -Enabled $true
        (Get-IntuneExchangeConnector).FailoverEnabled | Should -BeTrue
    }

    It 'prefers and excludes by short or long name, and clears with an empty value' {
        $other = (Get-ConnectorFailover)[1].Server
        (Set-ConnectorFailover -PreferredServer $other.Split('.')[0] -PassThru)[0].Server | Should -Be $other
        (Set-ConnectorFailover -PreferredServer $null -ExcludeServer $other -PassThru | Where-Object Server -EQ $other).State | Should -Be 'Excluded'
        Set-ConnectorFailover -ExcludeServer @() -PassThru | Where-Object State -EQ Excluded | Should -BeNullOrEmpty
    }

    It 'refuses a server that the organisation does not have' {
        { Set-ConnectorFailover -PreferredServer nosuch.contoso.com } | Should -Throw -ErrorId 'ServerNotFound,*'
    }

    It 'completes the servers' {
        (TabExpansion2 -inputScript 'Set-ConnectorFailover -PreferredServer ' -cursorColumn 39).CompletionMatches.CompletionText | Should -Contain (Get-ConnectorFailover)[0].Server
    }

    It 'changes nothing under -WhatIf' {
        Set-ConnectorFailover -Enabled $false -WhatIf
        (Get-IntuneExchangeConnector).FailoverEnabled | Should -BeTrue
    }
}
