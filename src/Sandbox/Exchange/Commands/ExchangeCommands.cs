using System;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>
/// Every Exchange cmdlet that a session offers and the class behind it. Two names share a class where the newer cmdlet is the
/// older one over more client families; the class then asks for the name that it was called by.
/// </summary>
internal static class ExchangeCommands
{
    public static (string Name, Type Type)[] All { get; } =
    [
        ("Clear-ActiveSyncDevice", typeof(ClearDeviceCommand)),
        ("Clear-MobileDevice", typeof(ClearDeviceCommand)),
        ("Get-ActiveSyncDevice", typeof(GetDeviceCommand)),
        ("Get-ActiveSyncDeviceAccessRule", typeof(GetAccessRuleCommand)),
        ("Get-ActiveSyncDeviceClass", typeof(GetDeviceClassCommand)),
        ("Get-ActiveSyncDeviceStatistics", typeof(GetDeviceStatisticsCommand)),
        ("Get-ActiveSyncMailboxPolicy", typeof(GetMailboxPolicyCommand)),
        ("Get-ActiveSyncOrganizationSettings", typeof(GetOrganizationSettingsCommand)),
        ("Get-CASMailbox", typeof(GetCasMailboxCommand)),
        ("Get-ExchangeServer", typeof(GetExchangeServerCommand)),
        ("Get-ManagementRoleEntry", typeof(GetManagementRoleEntryCommand)),
        ("Get-MobileDevice", typeof(GetDeviceCommand)),
        ("Get-MobileDeviceMailboxPolicy", typeof(GetMailboxPolicyCommand)),
        ("Get-MobileDeviceStatistics", typeof(GetDeviceStatisticsCommand)),
        ("Get-Recipient", typeof(GetRecipientCommand)),
        ("Get-ThrottlingPolicy", typeof(GetThrottlingPolicyCommand)),
        ("Get-ThrottlingPolicyAssociation", typeof(GetThrottlingPolicyAssociationCommand)),
        ("New-ActiveSyncDeviceAccessRule", typeof(NewAccessRuleCommand)),
        ("New-ActiveSyncMailboxPolicy", typeof(NewMailboxPolicyCommand)),
        ("New-MobileDeviceMailboxPolicy", typeof(NewMailboxPolicyCommand)),
        ("Remove-ActiveSyncDevice", typeof(RemoveDeviceCommand)),
        ("Remove-ActiveSyncDeviceAccessRule", typeof(RemoveAccessRuleCommand)),
        ("Remove-ActiveSyncMailboxPolicy", typeof(RemoveMailboxPolicyCommand)),
        ("Remove-MobileDevice", typeof(RemoveDeviceCommand)),
        ("Remove-MobileDeviceMailboxPolicy", typeof(RemoveMailboxPolicyCommand)),
        ("Set-ADServerSettings", typeof(SetAdServerSettingsCommand)),
        ("Set-ActiveSyncDeviceAccessRule", typeof(SetAccessRuleCommand)),
        ("Set-ActiveSyncMailboxPolicy", typeof(SetMailboxPolicyCommand)),
        ("Set-ActiveSyncOrganizationSettings", typeof(SetOrganizationSettingsCommand)),
        ("Set-CASMailbox", typeof(SetCasMailboxCommand)),
        ("Set-MobileDeviceMailboxPolicy", typeof(SetMailboxPolicyCommand)),
    ];
}
