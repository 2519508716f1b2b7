BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-IntuneExchangeConnector -ExchangeUri $sandbox.ExchangeUri @tenant -AccessToken $token
}

AfterAll {
    Uninstall-IntuneExchangeConnector -Confirm:$false
    Remove-ConnectorHome $folder
}

Describe 'Import-ConnectorAccessPolicy' {
    It 'previews every setting and changes nothing under -WhatIf' {
        $items = Import-ConnectorAccessPolicy -AccessToken $token -WhatIf
        $items.Setting | Should -Be @('Enabled', 'IncludedGroup', 'ExcludedGroup', 'OverrideDefaultRule', 'DefaultAccessLevel', 'NotificationContent', "AccessRule DeviceType 'WP8'", "AccessRule DeviceModel 'SM-G991B'")
        ($items | Where-Object Setting -EQ 'IncludedGroup').Imported | Should -BeLike "Mail-Mobile-Users ($($sandbox.MobileUsers))"
        $items.Effect | ForEach-Object { $_ | Should -Match '\.$' }
        (Get-ConnectorAccessPolicy).IncludedGroups | Should -BeNullOrEmpty
    }

    It 'shows the preview in whole words' {
        $shown = Import-ConnectorAccessPolicy -AccessToken $token -WhatIf | Out-String -Width 80
        $shown | Should -BeLike '*IncludedGroup: none -> Mail-Mobile-Users*'
        $shown | Should -BeLike '*The switch stays off*'
    }

    It 'imports without the switch, then has nothing left to import' {
        $policy = Import-ConnectorAccessPolicy -AccessToken $token -Force -PassThru | Select-Object -Last 1
        $policy.Enabled | Should -BeFalse
        $policy.DefaultAccessLevel | Should -Be 'Quarantine'
        (Get-ConnectorAccessPolicy | Out-String) | Should -BeLike '*Mail-Exempt (*'
        (Get-ConnectorAccessRule | Where-Object QueryString -EQ 'WP8').WantedLevel | Should -Be 'Block'
        (Import-ConnectorAccessPolicy -AccessToken $token -Force).State | Should -Not -Contain 'Change'
    }

    It 'completes the parts that can be left out' {
        (TabExpansion2 'Import-ConnectorAccessPolicy -Exclude A' 39).CompletionMatches.CompletionText | Should -Contain 'AccessRule'
    }
}
