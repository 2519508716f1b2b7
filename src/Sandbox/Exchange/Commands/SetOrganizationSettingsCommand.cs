using System.Collections.Generic;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.Exchange.Organization;
using IntuneExchangeConnector.Sandbox.World;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary><c>Set-ActiveSyncOrganizationSettings</c>: the default level and the texts of the mails; it acts at once on every device that nothing else decides for.</summary>
[Cmdlet(VerbsCommon.Set, "ActiveSyncOrganizationSettings", SupportsShouldProcess = true)]
public sealed class SetOrganizationSettingsCommand : ExchangeWriteCommand
{
    private protected override IReadOnlyCollection<string> Supported { get; } =
    [
        "Identity", "AdminMailRecipients", "AllowAccessForUnSupportedPlatform", "DefaultAccessLevel", "DomainController",
        "OtaNotificationMailInsert", "UserMailInsert",
    ];

    private protected override void Write(BoundArguments arguments)
    {
        OrganizationSettingsIdentity.Require(arguments.Text("Identity"), Directory);
        ListChange? recipients = arguments.Has("AdminMailRecipients") ? ListChange.Of(arguments.Value("AdminMailRecipients")) : null;
        if (!ShouldProcess(ExchangeNames.SettingsName))
            return;

        Directory.Change((world, at) =>
        [
            new OrganizationSettingsChanged
            {
                At = at,
                DefaultAccessLevel = arguments.Text("DefaultAccessLevel"),
                UserMailInsert = Insert(arguments, "UserMailInsert"),
                OtaNotificationMailInsert = Insert(arguments, "OtaNotificationMailInsert"),
                AdminMailRecipients = recipients?.ApplyTo(world.OrganizationSettings.AdminMailRecipients),
                AllowAccessForUnSupportedPlatform = arguments.Boolean("AllowAccessForUnSupportedPlatform"),
            },
        ]);
    }

    // Nothing as a value takes the text away; no value leaves it.
    private static string? Insert(BoundArguments arguments, string name) => arguments.Has(name) ? arguments.Text(name) ?? string.Empty : null;
}
