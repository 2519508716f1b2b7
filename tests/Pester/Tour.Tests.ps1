BeforeAll {
    . $PSScriptRoot/Common.ps1
    $program = (Resolve-Path (Join-Path $PSScriptRoot '../../src/Sandbox/bin/Release/net10.0/IntuneExchangeConnector.Sandbox.dll')).Path
}

Describe 'The tour' {
    It 'ends well in a small organisation and shows what it promises' {
        $output = & dotnet $program tour --partnerships 400 | Out-String
        $LASTEXITCODE | Should -Be 0
        $output | Should -Match 'Status\s+: Planned'
        $output | Should -Match 'Status\s+: Held'
        $output | Should -Match 'Status\s+: Succeeded'
        $output | Should -Match 'Block, because NotEnrolled'
        $output | Should -BeLike '*Try next:*'
    }

    It 'explains itself when it is called wrongly' {
        $output = & dotnet $program dance 2>&1 | Out-String
        $LASTEXITCODE | Should -Be 64
        $output | Should -BeLike '*Usage*tour*serve*'
    }
}
