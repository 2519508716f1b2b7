BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
}

AfterAll {
    Get-ConnectorMailboxPolicy | Where-Object { $null -ne $_.WantedSettings } | Remove-ConnectorMailboxPolicy
    Invoke-ConnectorSync -Full -Force @secrets | Out-Null
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
}

Describe 'New-ConnectorMailboxPolicy' {
    It 'changes nothing under -WhatIf' {
        New-ConnectorMailboxPolicy Phones -AllowCamera $false -WhatIf
        Get-ConnectorMailboxPolicy Phones | Should -BeNullOrEmpty
    }

    It 'has the next full sync create the policy with every setting' {
        $given = @{
            PasswordEnabled = $true; AlphanumericPasswordRequired = $true; MinPasswordLength = 6; MinPasswordComplexCharacters = 2; AllowSimplePassword = $false
            MaxPasswordFailedAttempts = 8; PasswordExpiration = [timespan]'90.0:0:0'; PasswordHistory = 3; MaxInactivityTimeLock = [timespan]'0:10:0'; RequireDeviceEncryption = $true
            RequireStorageCardEncryption = $true; AttachmentsEnabled = $false; MaxCalendarAgeFilter = 'OneMonth'; MaxEmailAgeFilter = 'OneWeek'; AllowBrowser = $false; AllowCamera = $false
        }
        (New-ConnectorMailboxPolicy Phones -Mailbox jane.doe@contoso.com @given).State | Should -Be 'ToCreate'
        (Invoke-ConnectorSync -Full -Force @secrets).Status | Should -Be 'Succeeded'
        $policy = Get-ConnectorMailboxPolicy Phones
        $policy.State | Should -Be 'InPlace'
        foreach ($name in $given.Keys) { "$name $($policy.Settings.$name)" | Should -Be "$name $($given[$name])" }
        (Invoke-ConnectorSync -Full -Force @secrets).Changes | Should -Be 0
    }

    It 'warns of a policy that can shut devices out' {
        New-ConnectorMailboxPolicy Strict -AllowNonProvisionableDevices $false -WarningVariable warnings -WarningAction SilentlyContinue | Out-Null
        "$warnings" | Should -BeLike '*cannot apply every setting*'
        Remove-ConnectorMailboxPolicy Strict
    }

    It 'refuses the same name twice, and a second policy for everybody' {
        New-ConnectorMailboxPolicy PHONES -ErrorVariable failure -ErrorAction SilentlyContinue
        $failure[0].FullyQualifiedErrorId | Should -BeLike 'MailboxPolicyExists,*'
        New-ConnectorMailboxPolicy First -AssignTo Targeted | Out-Null
        { New-ConnectorMailboxPolicy Second -AssignTo Targeted } | Should -Throw -ErrorId 'InvalidParameter,*'
        Remove-ConnectorMailboxPolicy First
    }

    It 'refuses <Parameter> <Value>' -ForEach @(
        @{ Parameter = 'MinPasswordLength'; Value = 17 }
        @{ Parameter = 'MaxPasswordFailedAttempts'; Value = 3 }
        @{ Parameter = 'PasswordHistory'; Value = 51 }
        @{ Parameter = 'PasswordExpiration'; Value = [timespan]'731.0:0:0' }
        @{ Parameter = 'MaxInactivityTimeLock'; Value = [timespan]'0:0:10' }
    ) {
        $given = @{ $Parameter = $Value }
        { New-ConnectorMailboxPolicy Wrong @given } | Should -Throw -ErrorId 'InvalidParameter,*'
        Get-ConnectorMailboxPolicy Wrong | Should -BeNullOrEmpty
    }
}
