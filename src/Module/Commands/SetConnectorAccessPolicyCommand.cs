using System;
using System.Collections.Generic;
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
public sealed class SetConnectorAccessPolicyCommand : PolicyCmdlet
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

    /// <summary><b>-IncludedGroup:</b> the groups whose members are decided, by id or name, or AllUsers.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(GroupCompleter))]
    public string[] IncludedGroup { get; set; } = [];

    /// <summary><b>-ExcludedGroup:</b> the groups whose members are not, by id or name; exclusion beats inclusion.</summary>
    [Parameter]
    [ValidateNotNull]
    [AllowEmptyCollection]
    [ArgumentCompleter(typeof(GroupCompleter))]
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

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        AskEngine(Check);
        var given = s_settings.Where(IsGiven).ToList();
        if (given.Count == 0)
        {
            WriteWarning(Strings.NothingToSet);
            return;
        }

        // Before anything is asked: a name that is not known, or a change that will be refused, must not cost a confirmation.
        var found = FindGroups();
        var after = AskEngine(() => EngineHost.Current.PreviewPolicy(Name, Change, [.. found.Values]));
        if (Approve(NameForPeople, string.Format(CultureInfo.CurrentCulture, Strings.SetAction, string.Join("; ", given.Select(Describe))), force: false))
        {
            var policy = RunEngine([], (_, console, _) => Task.FromResult(EngineHost.Current.SetPolicy(Name, Change, [.. found.Values], console)));
            if (PassThru) WriteObject(policy);
        }
        else if (IsDryRun)
        {
            foreach (var setting in given) Tell($"{setting}: {AccessPolicySetting.Of(setting).In(after).Effect}");
        }

        AccessPolicy Change(AccessPolicy now) => Changed(now, found);

        string Describe(string setting) => setting is nameof(IncludedGroup) or nameof(ExcludedGroup)
            ? $"{setting} = {AccessPolicySetting.Of(setting).In(after).Value}"
            : DescribeValue(setting, MyInvocation.BoundParameters[setting]);
    }

    private static string DescribeValue(string setting, object? value)
    {
        var text = value is null ? Strings.NotLookedAfter : value is Array several ? string.Join(", ", several.Cast<object>()) : Convert.ToString(value, CultureInfo.InvariantCulture);
        return $"{setting} = {(text is { Length: > ShownLength } ? text.Substring(0, ShownLength) + "…" : text)}";
    }

    private void Tell(string sentence)
    {
        var line = PlainText.OneLine(sentence);
        ShouldProcess(line, line, Strings.WhatIfCaption);
    }

    // Before anything is asked or changed: a wrong value must not cost a confirmation.
    private bool Check()
    {
        Checked.Groups(nameof(IncludedGroup), IncludedGroup, everybodyAllowed: true);
        Checked.Groups(nameof(ExcludedGroup), ExcludedGroup, everybodyAllowed: false);
        AdminMailRecipient = AdminMailRecipient?.Select(static address => Checked.SmtpAddress(nameof(AdminMailRecipient), address)).ToArray();
        Checked.MailInsert(nameof(UserMailInsert), TextOf(UserMailInsert));
        Checked.MailInsert(nameof(OtaNotificationMailInsert), TextOf(OtaNotificationMailInsert));
        return LeftoverAfter >= TimeSpan.Zero
            ? true
            : throw Errors.InvalidParameter(nameof(LeftoverAfter), LeftoverAfter, Strings.NegativeTime, Strings.PassTime);
    }

    // Each connector has a tenant of its own, so names are looked up for each anew; who passes ids alone need not sign in.
    private Dictionary<string, TenantGroup> FindGroups()
    {
        string[] names = [.. IncludedGroup.Concat(ExcludedGroup).Select(static group => group.Trim()).Where(Checked.IsGroupName).Distinct(StringComparer.OrdinalIgnoreCase)];
        var found = new Dictionary<string, TenantGroup>(StringComparer.OrdinalIgnoreCase);
        if (names.Length == 0) return found;
        var groups = RunEngine([], (_, console, token) => EngineHost.Current.FindGroupsAsync(Name, names, Secrets, console, token));
        for (var i = 0; i < names.Length; i++) found[names[i]] = groups[i];
        return found;
    }

    private static string[] Ids(string[] groups, Dictionary<string, TenantGroup> found) =>
        [.. groups.Select(group => found.TryGetValue(group, out var named) ? named.Id.ToString("D") : group).Distinct(StringComparer.OrdinalIgnoreCase)];

    private AccessPolicy Changed(AccessPolicy now, Dictionary<string, TenantGroup> found) => now with
    {
        Enabled = IsGiven(nameof(Enabled)) ? Enabled : now.Enabled,
        IncludedGroups = IsGiven(nameof(IncludedGroup)) ? Ids(Checked.Groups(nameof(IncludedGroup), IncludedGroup, everybodyAllowed: true), found) : now.IncludedGroups,
        ExcludedGroups = IsGiven(nameof(ExcludedGroup)) ? Ids(Checked.Groups(nameof(ExcludedGroup), ExcludedGroup, everybodyAllowed: false), found) : now.ExcludedGroups,
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
