@{
    RootModule             = 'IntuneExchangeConnector.psm1'
    ModuleVersion          = '0.1.0'
    GUID                   = '6f0d5b1e-4f0a-4b57-9d0c-0d3a4b8f2c61'
    Author                 = 'IntuneExchangeConnector contributors'
    CompanyName            = 'IntuneExchangeConnector contributors'
    Copyright              = '(c) IntuneExchangeConnector contributors. MIT licence.'
    Description            = 'Decides, for every phone on an on-premises Exchange organisation, whether mail may flow to it, from what Intune knows of that phone.'
    PowerShellVersion      = '5.1'
    CompatiblePSEditions   = @('Desktop', 'Core')
    DotNetFrameworkVersion = '4.7.2'
    FormatsToProcess       = @(
        'Formats/AccessPolicy.format.ps1xml'
        'Formats/AccessPolicyEffect.format.ps1xml'
        'Formats/ChangeRecord.format.ps1xml'
        'Formats/ConnectorAccessRule.format.ps1xml'
        'Formats/ConnectorDevice.format.ps1xml'
        'Formats/ConnectorExemption.format.ps1xml'
        'Formats/ConnectorMailboxPolicy.format.ps1xml'
        'Formats/ConnectorServer.format.ps1xml'
        'Formats/ConnectorStatus.format.ps1xml'
        'Formats/DecisionStep.format.ps1xml'
        'Formats/DefaultLevelPreview.format.ps1xml'
        'Formats/DefaultLevelRow.format.ps1xml'
        'Formats/DeviceAccessExplanation.format.ps1xml'
        'Formats/DeviceStatistics.format.ps1xml'
        'Formats/DeviceWipe.format.ps1xml'
        'Formats/PolicyImportItem.format.ps1xml'
        'Formats/PrerequisiteCheck.format.ps1xml'
        'Formats/RoleGroupDefinition.format.ps1xml'
        'Formats/RunRecord.format.ps1xml'
        'Formats/SyncResult.format.ps1xml'
    )
    TypesToProcess         = @()
    FunctionsToExport      = @()
    AliasesToExport        = @()
    VariablesToExport      = @()
    CmdletsToExport        = @(
        'Clear-ConnectorDevice'
        'Get-ConnectorAccessPolicy'
        'Get-ConnectorAccessRule'
        'Get-ConnectorDevice'
        'Get-ConnectorExemption'
        'Get-ConnectorFailover'
        'Get-ConnectorMailboxPolicy'
        'Get-ConnectorSyncHistory'
        'Get-IntuneExchangeConnector'
        'Import-ConnectorAccessPolicy'
        'Install-IntuneExchangeConnector'
        'Invoke-ConnectorSync'
        'New-ConnectorAccessRule'
        'New-ConnectorMailboxPolicy'
        'New-ConnectorSyncPlan'
        'Remove-ConnectorAccessRule'
        'Remove-ConnectorDevice'
        'Remove-ConnectorExemption'
        'Remove-ConnectorMailboxPolicy'
        'Set-ConnectorAccessPolicy'
        'Set-ConnectorAccessRule'
        'Set-ConnectorFailover'
        'Set-ConnectorMailboxPolicy'
        'Set-ConnectorParallelCommand'
        'Set-IntuneExchangeConnector'
        'Test-ConnectorDeviceAccess'
        'Test-ConnectorPrerequisite'
        'Uninstall-IntuneExchangeConnector'
    )
    PrivateData            = @{
        PSData = @{
            Tags       = @('Exchange', 'ActiveSync', 'EAS', 'Intune', 'MDM', 'ConditionalAccess', 'OnPremises', 'PSEdition_Desktop', 'PSEdition_Core', 'Windows')
            LicenseUri = 'https://opensource.org/license/mit'
        }
    }
}
