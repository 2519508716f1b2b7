BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    Install-TestConnector
    Invoke-ConnectorSync -Full -Force @secrets | Out-Null
    # The sandbox is shared and a removed device does not come back: one that no other suite asks for.
    $device = Get-ConnectorDevice -Mailbox dino.costa@contoso.com | Select-Object -First 1
}

AfterAll {
    Uninstall-TestConnector
    Remove-ConnectorHome $folder
}

Describe 'Remove-ConnectorDevice' {
    It 'removes nothing with -WhatIf' {
        $device | Remove-ConnectorDevice -WhatIf
        Get-ConnectorDevice -Mailbox $device.Mailbox -DeviceId $device.DeviceId -Refresh @secrets | Should -Not -BeNullOrEmpty
    }

    It 'refuses another type' {
        $failure = { Remove-ConnectorDevice $device.Mailbox $device.DeviceId -DeviceType Tricorder -Confirm:$false -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'DeviceNotFound,*'
    }

    It 'removes the entries and then the partnership' {
        $device | Remove-ConnectorDevice -Confirm:$false | Should -BeNullOrEmpty
        Get-ConnectorExemption -DeviceId $device.DeviceId | Should -BeNullOrEmpty
        (Get-ConnectorSyncHistory -Last 1 -IncludeChange).Changes[-1].Action | Should -Be 'remove the partnership'
        Get-ConnectorDevice -Refresh @secrets | Where-Object PartnershipId -EQ $device.PartnershipId | Should -BeNullOrEmpty
        Get-ConnectorExemption -DeviceId $device.DeviceId | Should -BeNullOrEmpty
    }

    It 'says that it is gone' {
        $failure = { $device | Remove-ConnectorDevice -Confirm:$false -ErrorAction Stop } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'DeviceNotFound,*'
    }

    It 'leaves nothing for the next sync to do' {
        (Invoke-ConnectorSync -Quick -Force @secrets).Changes | Should -Be 0
    }
}
