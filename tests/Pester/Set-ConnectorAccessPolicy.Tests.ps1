BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-IntuneExchangeConnector -ExchangeUri $sandbox.ExchangeUri @tenant -AccessToken $token
}

AfterAll {
    Uninstall-IntuneExchangeConnector -Confirm:$false
    Remove-ConnectorHome $folder
}

Describe 'Set-ConnectorAccessPolicy' {
    It 'keeps <Setting>' -ForEach @(
        @{ Setting = 'Enabled'; Value = $true }
        @{ Setting = 'OverrideDefaultRule'; Value = $false }
        @{ Setting = 'DefaultAccessLevel'; Value = 'Quarantine' }
        @{ Setting = 'RequireEasActivation'; Value = $true }
        @{ Setting = 'MissingCompliancePolicy'; Value = 'NotCompliant' }
        @{ Setting = 'DeviceRulePrecedence'; Value = 'RuleFirst' }
        @{ Setting = 'UserMismatch'; Value = 'Ignore' }
        @{ Setting = 'AllowEntry'; Value = 'WhenNeeded' }
        @{ Setting = 'OverrideAdministratorEntry'; Value = $true }
        @{ Setting = 'RequireLicence'; Value = $false }
        @{ Setting = 'OutlookService'; Value = 'Block' }
        @{ Setting = 'LeftoverAfter'; Value = [timespan]'3.00:00:00' }
        @{ Setting = 'NotificationContent'; Value = '<p>Enrol &amp; <b>come back</b></p>' }
        @{ Setting = 'FuseMinimum'; Value = 3 }
        @{ Setting = 'FusePercent'; Value = 2.5 }
        @{ Setting = 'FuseDaily'; Value = 77 }
    ) {
        $given = @{ $Setting = $Value }
        Set-ConnectorAccessPolicy @given -WarningAction SilentlyContinue
        (Get-ConnectorAccessPolicy).$Setting | Should -Be $Value
    }

    It 'tells a text that is wanted empty from one that is left alone' {
        Set-ConnectorAccessPolicy -UserMailInsert 'Call 1234' -AdminMailRecipient admin@contoso.com
        (Get-ConnectorAccessPolicy).Organization.UserMailInsert | Should -Be 'Call 1234'
        Set-ConnectorAccessPolicy -UserMailInsert '' -AdminMailRecipient @()
        (Get-ConnectorAccessPolicy).Organization.UserMailInsert | Should -BeExactly ''
        Set-ConnectorAccessPolicy -UserMailInsert $null -AdminMailRecipient $null
        (Get-ConnectorAccessPolicy).Organization.IsEmpty | Should -BeTrue
    }

    It 'warns that compliant devices will stay out' {
        Set-ConnectorAccessPolicy -Enabled $true -IncludedGroup AllUsers -DefaultAccessLevel Block -OverrideDefaultRule $false -WarningVariable warnings -WarningAction SilentlyContinue
        "$warnings" | Should -BeLike '*compliant devices stay out*'
    }

    It 'changes nothing under -WhatIf' {
        Set-ConnectorAccessPolicy -FuseDaily 1 -WhatIf
        (Get-ConnectorAccessPolicy).FuseDaily | Should -Not -Be 1
    }

    It 'takes groups by name, completes and shows them' {
        Set-ConnectorAccessPolicy -IncludedGroup 'mail-mobile-USERS' -ExcludedGroup 'Mail-Exempt' -AccessToken $token -WarningAction SilentlyContinue
        (Get-ConnectorAccessPolicy).IncludedGroups | Should -Be $sandbox.MobileUsers
        (Get-ConnectorAccessPolicy).ExcludedGroups | Should -Be $sandbox.Exempt
        Get-ConnectorAccessPolicy | Out-String -Width 200 | Should -BeLike "*Mail-Mobile-Users ($($sandbox.MobileUsers))*"
        (TabExpansion2 'Set-ConnectorAccessPolicy -ExcludedGroup Mail-E' 47).CompletionMatches.CompletionText | Should -Be 'Mail-Exempt'
    }

    It 'refuses <Parameter> <Value> and changes nothing' -ForEach @(
        @{ Parameter = 'IncludedGroup'; Value = 'not a group' }
        @{ Parameter = 'ExcludedGroup'; Value = 'AllUsers' }
        @{ Parameter = 'FusePercent'; Value = 101 }
        @{ Parameter = 'FuseMinimum'; Value = -1 }
    ) {
        $before = Get-ConnectorAccessPolicy | Out-String
        $given = @{ $Parameter = $Value }
        { Set-ConnectorAccessPolicy @given } | Should -Throw
        Get-ConnectorAccessPolicy | Out-String | Should -Be $before
    }
}
