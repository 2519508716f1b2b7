using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;
using System.Management.Automation;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>The settings and the assignment of an EAS mailbox policy, as parameters. Only what is named is looked after.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class MailboxPolicyCmdlet : ConfigurationCmdlet
{
    /// <summary><b>-Policy:</b> the policy's name in Exchange, without case.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    [ArgumentCompleter(typeof(MailboxPolicyCompleter))]
    public string Policy { get; set; } = string.Empty;

    /// <summary><b>-AssignTo:</b> Targeted assigns it to every mailbox that the access policy targets and that has a partnership.</summary>
    [Parameter]
    public PolicyAssignment AssignTo { get; set; }

    /// <summary><b>-Mailbox:</b> mailboxes that it is assigned to by name.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(MailboxCompleter))]
    public string[] Mailbox { get; set; } = [];

    /// <summary><b>-PasswordEnabled:</b> on, devices need a password.</summary>
    [Parameter]
    public bool PasswordEnabled { get; set; }

    /// <summary><b>-AlphanumericPasswordRequired:</b> on, the password needs letters.</summary>
    [Parameter]
    public bool AlphanumericPasswordRequired { get; set; }

    /// <summary><b>-MinPasswordLength:</b> shortest password, 1 to 16 characters; 0 for no least length.</summary>
    [Parameter]
    public int MinPasswordLength { get; set; }

    /// <summary><b>-MinPasswordComplexCharacters:</b> kinds of characters that a password with letters needs, 1 to 4.</summary>
    [Parameter]
    public int MinPasswordComplexCharacters { get; set; }

    /// <summary><b>-AllowSimplePassword:</b> on, a password like 1234 is accepted.</summary>
    [Parameter]
    public bool AllowSimplePassword { get; set; }

    /// <summary><b>-MaxPasswordFailedAttempts:</b> wrong passwords after which the device wipes itself, 4 to 16; 0 for no limit.</summary>
    [Parameter]
    public int MaxPasswordFailedAttempts { get; set; }

    /// <summary><b>-PasswordExpiration:</b> age at which a password has to be changed; 0 for never.</summary>
    [Parameter]
    public TimeSpan PasswordExpiration { get; set; }

    /// <summary><b>-PasswordHistory:</b> former passwords that may not come back, 0 to 50.</summary>
    [Parameter]
    public int PasswordHistory { get; set; }

    /// <summary><b>-MaxInactivityTimeLock:</b> idle time after which the device locks; 0 for never.</summary>
    [Parameter]
    public TimeSpan MaxInactivityTimeLock { get; set; }

    /// <summary><b>-RequireDeviceEncryption:</b> on, the device must be encrypted.</summary>
    [Parameter]
    public bool RequireDeviceEncryption { get; set; }

    /// <summary><b>-RequireStorageCardEncryption:</b> on, the storage card must be encrypted.</summary>
    [Parameter]
    public bool RequireStorageCardEncryption { get; set; }

    /// <summary><b>-AttachmentsEnabled:</b> off, attachments are not downloaded.</summary>
    [Parameter]
    public bool AttachmentsEnabled { get; set; }

    /// <summary><b>-MaxCalendarAgeFilter:</b> how far back the calendar synchronises.</summary>
    [Parameter]
    public AgeFilter MaxCalendarAgeFilter { get; set; }

    /// <summary><b>-MaxEmailAgeFilter:</b> how far back mail synchronises.</summary>
    [Parameter]
    public AgeFilter MaxEmailAgeFilter { get; set; }

    /// <summary><b>-AllowNonProvisionableDevices:</b> off, devices that cannot apply every setting are kept out.</summary>
    [Parameter]
    public bool AllowNonProvisionableDevices { get; set; }

    /// <summary><b>-AllowBrowser:</b> off, the device's browser is not used.</summary>
    [Parameter]
    public bool AllowBrowser { get; set; }

    /// <summary><b>-AllowCamera:</b> off, the device's camera is not used.</summary>
    [Parameter]
    public bool AllowCamera { get; set; }

    /// <summary>The settings that were given.</summary>
    private protected MailboxPolicySettings Settings => new()
    {
        PasswordEnabled = Given(nameof(PasswordEnabled), PasswordEnabled),
        AlphanumericPasswordRequired = Given(nameof(AlphanumericPasswordRequired), AlphanumericPasswordRequired),
        MinPasswordLength = Given(nameof(MinPasswordLength), MinPasswordLength),
        MinPasswordComplexCharacters = Given(nameof(MinPasswordComplexCharacters), MinPasswordComplexCharacters),
        AllowSimplePassword = Given(nameof(AllowSimplePassword), AllowSimplePassword),
        MaxPasswordFailedAttempts = Given(nameof(MaxPasswordFailedAttempts), MaxPasswordFailedAttempts),
        PasswordExpiration = Given(nameof(PasswordExpiration), PasswordExpiration),
        PasswordHistory = Given(nameof(PasswordHistory), PasswordHistory),
        MaxInactivityTimeLock = Given(nameof(MaxInactivityTimeLock), MaxInactivityTimeLock),
        RequireDeviceEncryption = Given(nameof(RequireDeviceEncryption), RequireDeviceEncryption),
        RequireStorageCardEncryption = Given(nameof(RequireStorageCardEncryption), RequireStorageCardEncryption),
        AttachmentsEnabled = Given(nameof(AttachmentsEnabled), AttachmentsEnabled),
        MaxCalendarAgeFilter = Given(nameof(MaxCalendarAgeFilter), MaxCalendarAgeFilter),
        MaxEmailAgeFilter = Given(nameof(MaxEmailAgeFilter), MaxEmailAgeFilter),
        AllowNonProvisionableDevices = Given(nameof(AllowNonProvisionableDevices), AllowNonProvisionableDevices),
        AllowBrowser = Given(nameof(AllowBrowser), AllowBrowser),
        AllowCamera = Given(nameof(AllowCamera), AllowCamera),
    };

    /// <summary>What was given, for people; empty for nothing.</summary>
    private protected string Described
    {
        get
        {
            var parts = new List<string>();
            if (!Settings.IsEmpty) parts.Add(Settings.ToString());
            if (IsGiven(nameof(AssignTo))) parts.Add($"{nameof(AssignTo)} = {AssignTo}");
            if (IsGiven(nameof(Mailbox))) parts.Add($"{nameof(Mailbox)} = {string.Join(", ", Mailbox)}");
            return string.Join("; ", parts);
        }
    }

    /// <summary>Checks the settings before anything is asked: a wrong value must not cost a confirmation.</summary>
    private protected bool Check()
    {
        var settings = Settings;
        var wrong = MailboxPolicySetting.All.FirstOrDefault(setting => !setting.IsValid(settings));
        return wrong is null
            ? true
            : throw Errors.InvalidParameter(wrong.Name, wrong.Text(settings), Strings.ValueOutOfRange, string.Format(System.Globalization.CultureInfo.CurrentCulture, Strings.PassAllowed, wrong.Allowed));
    }

    private T? Given<T>(string parameter, T value)
        where T : struct => IsGiven(parameter) ? value : null;
}
