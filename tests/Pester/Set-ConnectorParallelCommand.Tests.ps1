BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
}

AfterAll {
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
}

Describe 'Set-ConnectorParallelCommand' {
    It 'switches parallel commands on in the file under their old name' {
        $status = Set-ConnectorParallelCommand -Enabled $true -MaximumSession 4 -PassThru
        $status.ParallelCommandsEnabled | Should -BeTrue
        $status.MaximumSessions | Should -Be 4
        Get-Content -Path $status.ConfigurationPath -Raw | Should -BeLike '*<EnableParallelCommandSupport>true</EnableParallelCommandSupport>*'
    }

    It 'warns of more sessions than Exchange gives an account' {
        Set-ConnectorParallelCommand -MaximumSession 30 -WarningVariable warned -WarningAction SilentlyContinue
        $warned | Should -BeLike '*30 sessions*'
    }

    It 'refuses a number that cannot be' {
        { Set-ConnectorParallelCommand -MaximumSession 0 } | Should -Throw -ErrorId 'ParameterArgumentValidationError,*'
    }

    It 'changes nothing under -WhatIf' {
        Set-ConnectorParallelCommand -Enabled $false -WhatIf
        (Get-IntuneExchangeConnector).ParallelCommandsEnabled | Should -BeTrue
    }
}
