BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
}

AfterAll {
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
}

Describe 'Get-ConnectorAccessRule' {
    It 'shows only what is wanted before the first read' {
        Get-ConnectorAccessRule | Should -BeNullOrEmpty
        New-ConnectorAccessRule DeviceType Wristwatch Block | Out-Null
        $rule = Get-ConnectorAccessRule
        $rule.State | Should -Be 'ToCreate'
        $rule.AsOf | Should -BeNullOrEmpty
        $rule | Remove-ConnectorAccessRule
    }

    It 'shows what Exchange has, and since when' {
        $rules = @(Get-ConnectorAccessRule -Refresh @secrets)
        $rules.Count | Should -BeGreaterThan 2
        $rules.State | Sort-Object -Unique | Should -Be 'Administrator'
        $rules.Owner | Sort-Object -Unique | Should -Be 'Administrator'
        $rules[0].AsOf | Should -BeGreaterThan ([DateTimeOffset]::UtcNow.AddMinutes(-10))
    }

    It 'selects by characteristic, text and state' {
        Get-ConnectorAccessRule -Characteristic DeviceOS | ForEach-Object Characteristic | Sort-Object -Unique | Should -Be 'DeviceOS'
        @(Get-ConnectorAccessRule -QueryString OUTLOOKSERVICE).Count | Should -Be 1
        Get-ConnectorAccessRule -State ToCreate | Should -BeNullOrEmpty
    }

    It 'shows a table' {
        Get-ConnectorAccessRule | Out-String -Width 120 | Should -Match 'Characteristic\s+QueryString\s+Exchange\s+Wanted\s+State\s+Owner'
    }
}
