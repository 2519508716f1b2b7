BeforeAll {
    . $PSScriptRoot/Common.ps1
    $folder = New-ConnectorHome
    $planned = @{ ExchangeUri = $sandbox.ExchangeUri } + $tenant
    $options = Join-Path $sandbox.StateFolder 'exchange.json'
    $untouched = if (Test-Path $options) { Get-Content $options -Raw }

    # What is hidden acts from the next session that is made ready; the one that waits already is used up first.
    function Set-Hidden {
        param([string[]] $Command = @(), [hashtable] $Parameter = @{})
        $settings = $untouched | ConvertFrom-Json -AsHashtable
        $settings.hiddenCommands = $Command
        $settings.hiddenParameters = $Parameter
        $settings | ConvertTo-Json -Depth 5 | Set-Content $options
        (New-ExchangeSession).Runspace.Dispose()
    }
}

AfterAll {
    $untouched | Set-Content $options
    (New-ExchangeSession).Runspace.Dispose()
    Remove-ConnectorHome $folder
}

Describe 'Test-ConnectorPrerequisite' {
    AfterEach {
        Get-IntuneExchangeConnector -WarningAction SilentlyContinue | ForEach-Object { Uninstall-IntuneExchangeConnector -Name $_.Name -Confirm:$false }
    }

    It 'proves everything before an installation, and leaves nothing behind' {
        $rows = Test-ConnectorPrerequisite @planned @certificate
        $rows | Where-Object Status -EQ 'Failed' | Should -BeNullOrEmpty
        $rows | ForEach-Object { $_.Proof | Should -Not -BeNullOrEmpty }
        $rows.Id | Should -Contain 'Tls'
        ($rows | Where-Object Id -EQ 'Tls').Status | Should -Be 'Passed'
        ($rows | Where-Object Id -EQ 'GraphPermission').Target | Should -Be 'DeviceManagementManagedDevices.Read.All', 'User.Read.All', 'GroupMember.Read.All', 'Device.Read.All'
        Get-ChildItem $folder -Recurse -File | Should -BeNullOrEmpty
    }

    It 'proves everything after one, by name' {
        Install-IntuneExchangeConnector @planned @certificate -WarningAction SilentlyContinue
        $rows = Get-IntuneExchangeConnector | Test-ConnectorPrerequisite @secrets
        $rows | Where-Object Status -EQ 'Failed' | Should -BeNullOrEmpty
        ($rows | Where-Object Id -EQ 'TenantSignIn').Proof | Should -BeLike 'Signed in as the application*'
    }

    It 'works in the caller''s shell, and leaves its view of the forest as it is' {
        $session = New-ExchangeSession
        try {
            $imported = Import-PSSession $session -DisableNameChecking -AllowClobber
            $rows = Test-ConnectorPrerequisite @tenant -AccessToken $token
            $rows | Where-Object Status -EQ 'Failed' | Should -BeNullOrEmpty
            ($rows | Where-Object Id -EQ 'ForestView').Status | Should -Be 'Skipped'
            ($rows | Where-Object { $_.Id -eq 'ExchangeCmdlet' -and $_.Target -eq 'Set-CASMailbox' }).Status | Should -Be 'Passed'
        }
        finally {
            if ($imported) { Remove-Module $imported -Force }
            $session.Runspace.Dispose()
        }
    }

    It 'finds a server that is not there, and checks the tenant all the same' {
        $wrong = $planned.Clone()
        $wrong.ExchangeUri = 'pipe://localhost/nobody-listens'
        $rows = Test-ConnectorPrerequisite @wrong @certificate
        ($rows | Where-Object Id -EQ 'ExchangeSession').Proof | Should -BeLike 'ExchangeUnreachable: *'
        ($rows | Where-Object Id -EQ 'OrganizationScope').Status | Should -Be 'Skipped'
        ($rows | Where-Object Id -EQ 'MdmAuthority').Status | Should -Be 'Passed'
    }

    It 'finds a token that is none' {
        $rows = Test-ConnectorPrerequisite @planned -AccessToken (ConvertTo-SecureString 'eyJhbGciOiJub25lIn0.eyJleHAiOjE1MDAwMDAwMDB9.x' -AsPlainText -Force)
        ($rows | Where-Object Id -EQ 'TenantSignIn').Proof | Should -BeLike 'AccessTokenExpired: *'
        ($rows | Where-Object Id -EQ 'GraphPermission').Status | Select-Object -Unique | Should -Be 'Skipped'
    }

    It 'names what role-based access control hides, and an installation says the same' {
        Set-Hidden -Command 'Get-ActiveSyncDeviceClass' -Parameter @{ 'Set-CASMailbox' = @('ActiveSyncBlockedDeviceIDs') }
        try {
            $rows = Test-ConnectorPrerequisite @planned @certificate
            ($rows | Where-Object Target -EQ 'Get-ActiveSyncDeviceClass').Status | Should -Be 'Warning'
            $row = $rows | Where-Object Target -EQ 'Set-CASMailbox'
            $row.Status | Should -Be 'Failed'
            $row.Proof | Should -BeLike '*missing -ActiveSyncBlockedDeviceIDs*'
            $row.Remedy | Should -BeLike 'Set-ManagementRoleEntry*'
            (Test-ConnectorPrerequisite @planned @certificate -AsRole).Missing | Should -Be 'Get-ActiveSyncDeviceClass', 'Set-CASMailbox -ActiveSyncBlockedDeviceIDs'
            $failure = { Install-IntuneExchangeConnector @planned @certificate } | Should -Throw -PassThru
            $failure.FullyQualifiedErrorId | Should -BeLike 'ExchangeParameterMissing,*'
        }
        finally { Set-Hidden }
    }

    It 'writes a role group that PowerShell can read' {
        $role = Test-ConnectorPrerequisite -AsRole -RoleGroup 'Mobile Access'
        $errors = $null
        $null = [System.Management.Automation.Language.Parser]::ParseInput($role.Script, [ref] $null, [ref] $errors)
        $errors | Should -BeNullOrEmpty
        $role.ComparedWith | Should -BeNullOrEmpty
        $role.Script | Should -BeLike "*Name = 'Mobile Access'*"
        ($role | Out-String) | Should -BeLike '*New-RoleGroup @group*'
    }

    It 'says what is missing where neither a connector nor a tenant is named' {
        $failure = { Test-ConnectorPrerequisite -ExchangeUri $sandbox.ExchangeUri } | Should -Throw -PassThru
        $failure.FullyQualifiedErrorId | Should -BeLike 'InvalidParameter,*'
        { Test-ConnectorPrerequisite } | Should -Throw -ErrorId 'ConnectorNotFound,*'
    }
}
