using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Configuration;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Module.Binding;
using IntuneExchangeConnector.Module.Hosting;
using IntuneExchangeConnector.Module.Properties;

namespace IntuneExchangeConnector.Module.Commands;

/// <summary>Changes a connector's access policy. What is not named stays as it is; the next sync acts on it.</summary>
[Cmdlet(VerbsCommon.Set, "ConnectorAccessPolicy", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.Medium)]
[OutputType(typeof(AccessPolicy))]
public sealed class SetConnectorAccessPolicyCommand : ConnectorCmdlet
{
    private const int ShownLength = 80;

    private static readonly string[] s_settings =
    [
        nameof(Enabled), nameof(IncludedGroup), nameof(ExcludedGroup), nameof(OverrideDefaultRule), nameof(DefaultAccessLevel), nameof(RequireEasActivation),
        nameof(MissingCompliancePolicy), nameof(DeviceRulePrecedence), nameof(UserMismatch), nameof(AllowEntry), nameof(OverrideAdministratorEntry),
        nameof(RequireLicence), nameof(LicencePlan), nameof(OutlookService), nameof(LeftoverAfter), nameof(NotificationContent), nameof(FuseMinimum),
        nameof(FusePercent), nameof(FuseDaily), nameof(UserMailInsert), nameof(OtaNotificationMailInsert), nameof(AdminMailRecipient),
    ];

    /// <summary><b>-Enabled:</b> off, every device is left to Exchange and the connector's entries are withdrawn.</summary>
    [Parameter]
    public bool Enabled { get; set; }

    /// <summary><b>-IncludedGroup:</b> ids of the groups whose members are decided, or AllUsers.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    public string[] IncludedGroup { get; set; } = [];

    /// <summary><b>-ExcludedGroup:</b> ids of the groups whose members are not; exclusion beats inclusion.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    public string[] ExcludedGroup { get; set; } = [];

    /// <summary><b>-OverrideDefaultRule:</b> on, compliant devices are allowed whatever the default level.</summary>
    [Parameter]
    public bool OverrideDefaultRule { get; set; }

    /// <summary><b>-DefaultAccessLevel:</b> the organisation's default access level.</summary>
    [Parameter]
    public WantedAccessLevel DefaultAccessLevel { get; set; }

    /// <summary><b>-RequireEasActivation:</b> on, iOS and Android devices need an activated EAS id.</summary>
    [Parameter]
    public bool RequireEasActivation { get; set; }

    /// <summary><b>-MissingCompliancePolicy:</b> what a device without a compliance policy counts as.</summary>
    [Parameter]
    public MissingCompliancePolicy MissingCompliancePolicy { get; set; }

    /// <summary><b>-DeviceRulePrecedence:</b> whether compliance or a device rule comes first.</summary>
    [Parameter]
    public DeviceRulePrecedence DeviceRulePrecedence { get; set; }

    /// <summary><b>-UserMismatch:</b> what a managed device of another user counts as.</summary>
    [Parameter]
    public UserMismatch UserMismatch { get; set; }

    /// <summary><b>-AllowEntry:</b> when a compliant device's id is written into the allowed list.</summary>
    [Parameter]
    public AllowEntry AllowEntry { get; set; }

    /// <summary><b>-OverrideAdministratorEntry:</b> on, an administrator's contradicting entry is replaced.</summary>
    [Parameter]
    public bool OverrideAdministratorEntry { get; set; }

    /// <summary><b>-RequireLicence:</b> on, users without one of the licence plans are left to Exchange.</summary>
    [Parameter]
    public bool RequireLicence { get; set; }

    /// <summary><b>-LicencePlan:</b> service plan ids of which one makes a user licensed.</summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public Guid[] LicencePlan { get; set; } = [];

    /// <summary><b>-OutlookService:</b> what Outlook's cloud service gets.</summary>
    [Parameter]
    public OutlookServiceAccess OutlookService { get; set; }

    /// <summary><b>-LeftoverAfter:</b> how long an entry of the connector outlives its partnership.</summary>
    [Parameter]
    public TimeSpan LeftoverAfter { get; set; }

    /// <summary><b>-NotificationContent:</b> text of the notice to users, HTML; empty for none.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public string? NotificationContent { get; set; }

    /// <summary><b>-FuseMinimum:</b> denials that a run may always make.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int FuseMinimum { get; set; }

    /// <summary><b>-FusePercent:</b> denials that a run may make, in percent of the partnerships decided Allow or Block.</summary>
    [Parameter]
    [ValidateRange(0d, 100d)]
    public double FusePercent { get; set; }

    /// <summary><b>-FuseDaily:</b> denials that 24 hours may see.</summary>
    [Parameter]
    [ValidateRange(0, int.MaxValue)]
    public int FuseDaily { get; set; }

    /// <summary><b>-UserMailInsert:</b> text in Exchange's mail to quarantined users; empty for none, null to leave Exchange's own alone.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public object? UserMailInsert { get; set; }

    /// <summary><b>-OtaNotificationMailInsert:</b> text in Exchange's mail to devices that need an update; empty for none, null to leave Exchange's own alone.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyString]
    public object? OtaNotificationMailInsert { get; set; }

    /// <summary><b>-AdminMailRecipient:</b> administrators who are told of quarantined devices; empty for nobody, null to leave Exchange's own alone.</summary>
    [Parameter]
    [AllowNull]
    [AllowEmptyCollection]
    public string[]? AdminMailRecipient { get; set; }

    /// <summary><b>-PassThru:</b> emits the policy after the change.</summary>
    [Parameter]
    public SwitchParameter PassThru { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        AskEngine(Check);
        var action = string.Join("; ", s_settings.Where(IsGiven).Select(setting => Describe(setting, MyInvocation.BoundParameters[setting])));
        if (action.Length == 0)
        {
            WriteWarning(Strings.NothingToSet);
        }
        else if (Approve(NameForPeople, string.Format(CultureInfo.CurrentCulture, Strings.SetAction, action), force: false))
        {
            var policy = RunEngine([], (_, console, _) => Task.FromResult(EngineHost.Current.SetPolicy(Name, Change, console)));
            if (PassThru) WriteObject(policy);
        }
    }

    private static string Describe(string setting, object? value)
    {
        var text = value is null ? Strings.NotLookedAfter : value is Array several ? string.Join(", ", several.Cast<object>()) : Convert.ToString(value, CultureInfo.InvariantCulture);
        return $"{setting} = {(text is { Length: > ShownLength } ? text.Substring(0, ShownLength) + "…" : text)}";
    }

    // Before anything is asked or changed: a wrong value must not cost a confirmation.
    private bool Check()
    {
        IncludedGroup = Checked.Groups(nameof(IncludedGroup), IncludedGroup, everybodyAllowed: true);
        ExcludedGroup = Checked.Groups(nameof(ExcludedGroup), ExcludedGroup, everybodyAllowed: false);
        AdminMailRecipient = AdminMailRecipient?.Select(static address => Checked.SmtpAddress(nameof(AdminMailRecipient), address)).ToArray();
        Checked.MailInsert(nameof(UserMailInsert), TextOf(UserMailInsert));
        Checked.MailInsert(nameof(OtaNotificationMailInsert), TextOf(OtaNotificationMailInsert));
        return LeftoverAfter >= TimeSpan.Zero
            ? true
            : throw Errors.InvalidParameter(nameof(LeftoverAfter), LeftoverAfter, Strings.NegativeTime, Strings.PassTime);
    }

    private AccessPolicy Change(AccessPolicy now) => now with
    {
        Enabled = IsGiven(nameof(Enabled)) ? Enabled : now.Enabled,
        IncludedGroups = IsGiven(nameof(IncludedGroup)) ? IncludedGroup : now.IncludedGroups,
        ExcludedGroups = IsGiven(nameof(ExcludedGroup)) ? ExcludedGroup : now.ExcludedGroups,
        OverrideDefaultRule = IsGiven(nameof(OverrideDefaultRule)) ? OverrideDefaultRule : now.OverrideDefaultRule,
        DefaultAccessLevel = IsGiven(nameof(DefaultAccessLevel)) ? DefaultAccessLevel : now.DefaultAccessLevel,
        RequireEasActivation = IsGiven(nameof(RequireEasActivation)) ? RequireEasActivation : now.RequireEasActivation,
        MissingCompliancePolicy = IsGiven(nameof(MissingCompliancePolicy)) ? MissingCompliancePolicy : now.MissingCompliancePolicy,
        DeviceRulePrecedence = IsGiven(nameof(DeviceRulePrecedence)) ? DeviceRulePrecedence : now.DeviceRulePrecedence,
        UserMismatch = IsGiven(nameof(UserMismatch)) ? UserMismatch : now.UserMismatch,
        AllowEntry = IsGiven(nameof(AllowEntry)) ? AllowEntry : now.AllowEntry,
        OverrideAdministratorEntry = IsGiven(nameof(OverrideAdministratorEntry)) ? OverrideAdministratorEntry : now.OverrideAdministratorEntry,
        RequireLicence = IsGiven(nameof(RequireLicence)) ? RequireLicence : now.RequireLicence,
        LicencePlans = IsGiven(nameof(LicencePlan)) ? LicencePlan : now.LicencePlans,
        OutlookService = IsGiven(nameof(OutlookService)) ? OutlookService : now.OutlookService,
        LeftoverAfter = IsGiven(nameof(LeftoverAfter)) ? LeftoverAfter : now.LeftoverAfter,
        NotificationContent = IsGiven(nameof(NotificationContent)) ? (string.IsNullOrEmpty(NotificationContent) ? null : NotificationContent) : now.NotificationContent,
        FuseMinimum = IsGiven(nameof(FuseMinimum)) ? FuseMinimum : now.FuseMinimum,
        FusePercent = IsGiven(nameof(FusePercent)) ? FusePercent : now.FusePercent,
        FuseDaily = IsGiven(nameof(FuseDaily)) ? FuseDaily : now.FuseDaily,
        Organization = new WantedOrganizationSettings
        {
            UserMailInsert = IsGiven(nameof(UserMailInsert)) ? TextOf(UserMailInsert) : now.Organization.UserMailInsert,
            OtaNotificationMailInsert = IsGiven(nameof(OtaNotificationMailInsert)) ? TextOf(OtaNotificationMailInsert) : now.Organization.OtaNotificationMailInsert,
            AdminMailRecipients = IsGiven(nameof(AdminMailRecipient)) ? AdminMailRecipient : now.Organization.AdminMailRecipients,
        },
    };

    // A parameter of type string would take null for an empty text, and these two mean different things here.
    private static string? TextOf(object? value) => value is null ? null : LanguagePrimitives.ConvertTo<string>(value);
}
