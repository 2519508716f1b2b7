using System;
using System.Collections.Generic;
using System.Linq;
using System.Text;
using IntuneExchangeConnector.Domain.Access;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Planning;
using IntuneExchangeConnector.Domain.Runs;
using IntuneExchangeConnector.Engine.Store;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Store;

internal static class Samples
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    /// <summary>Texts that a device, a user or a server may send.</summary>
    public static TheoryData<string> HostileTexts =>
    [
        string.Empty,
        "'; DROP TABLE ledger; --",
        "\"quoted\" 'twice' `thrice`",
        "line\r\nbreak\ttab",
        "a\0b",
        "contoso.com/Users/Jane/ExchangeActiveSyncDevices/iPhone§ApplDNX",
        "📱👩‍👩‍👧‍👦 ﷽ İıßẞ",
        "$1 ?1 @name :name %s {0}",
        "</Text><Text>",
        new string('x', 300),
        "a\uD800b",
    ];

    /// <summary>What becomes of a text that is no Unicode: its stray halves are replaced, nothing fails.</summary>
    public static string Stored(string text) => Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text));

    public static Guid Id(int number) => new(number, 0, 0, [0, 0, 0, 0, 0, 0, 0, 1]);

    public static SyncResult Run(int number, SyncKind kind = SyncKind.Full, SyncStatus status = SyncStatus.Failed, int minute = 0) => new()
    {
        RunId = Id(number),
        Connector = "Default",
        Kind = kind,
        Status = status,
        Started = Noon.AddMinutes(minute),
        Finished = Noon.AddMinutes(minute + 1),
    };

    public static ChangeRecord Change(int run, int sequence, ChangeOutcome outcome = ChangeOutcome.Pending, DateTimeOffset? at = null, string text = "AB12") => new()
    {
        RunId = Id(run),
        Sequence = sequence,
        Target = "jane@contoso.com",
        MailboxId = Id(900 + sequence),
        Action = "allow " + text,
        Before = new Dictionary<string, IReadOnlyList<string>> { ["Allowed"] = [], ["Blocked"] = [text, "CD34"] },
        After = new Dictionary<string, IReadOnlyList<string>> { ["Allowed"] = [text], ["Blocked"] = ["CD34"] },
        Outcome = outcome,
        At = at ?? Noon,
    };

    public static LedgerEntry Entry(int mailbox, string deviceId, EntryList list = EntryList.Allowed, int run = 1, DateTimeOffset? at = null) => new()
    {
        MailboxId = Id(mailbox),
        DeviceId = new EasDeviceId(deviceId),
        List = list,
        WrittenAt = at ?? Noon,
        RunId = Id(run),
    };

    public static Mailbox Mailbox(int number, string? address = null, params string[] addresses) => new()
    {
        Id = Id(number),
        DistinguishedName = $"CN=User {number},OU=Staff,DC=contoso,DC=com",
        Identity = $"contoso.com/Staff/User {number}",
        DisplayName = $"User {number}",
        PrimarySmtpAddress = address ?? $"user{number}@contoso.com",
        SmtpAddresses = [address ?? $"user{number}@contoso.com", .. addresses],
        SamAccountName = $"user{number}",
    };

    public static EasPartnership Partnership(int number, string deviceId, Mailbox? owner = null) => new()
    {
        Id = Id(number),
        Identity = (owner?.Identity ?? "contoso.com/Gone") + "/ExchangeActiveSyncDevices/iPhone§" + deviceId,
        OwnerDistinguishedName = owner?.DistinguishedName,
        OwnerCanonicalName = owner?.Identity ?? "contoso.com/Gone",
        DeviceId = new EasDeviceId(deviceId),
        DeviceType = "iPhone",
    };

    public static TenantUser User(int number, Mailbox? of = null) => new()
    {
        Id = Id(number),
        UserPrincipalName = of?.PrimarySmtpAddress ?? $"user{number}@contoso.com",
        OnPremisesDistinguishedName = of?.DistinguishedName,
        IsLicensed = true,
    };

    public static ManagedDevice Managed(string id, string easId, Guid? user = null) => new()
    {
        Id = id,
        EasDeviceId = new EasDeviceId(easId),
        UserId = user,
        Compliance = ComplianceState.Compliant,
        OperatingSystem = "iOS",
        LastSync = Noon.AddHours(-1),
    };

    public static RunSnapshot Snapshot(
        IReadOnlyList<DeviceAssessment> assessments,
        IReadOnlyList<TenantUser>? users = null,
        IReadOnlyList<ManagedDevice>? devices = null,
        IReadOnlyList<DeviceAccessRule>? rules = null,
        IReadOnlyCollection<Guid>? included = null,
        IReadOnlyCollection<Guid>? excluded = null,
        DateTimeOffset? asOf = null) => new()
    {
        AsOf = asOf ?? Noon,
        Exchange = new ExchangeSnapshot
        {
            Partnerships = [.. assessments.Select(assessment => assessment.Partnership)],
            Mailboxes = [.. assessments.Select(assessment => assessment.Mailbox).OfType<Mailbox>().DistinctBy(mailbox => mailbox.Id)],
            Settings = new OrganizationAccessSettings { DefaultAccessLevel = ExchangeAccessLevel.Quarantine, UserMailInsert = "Ask the desk." },
            Rules = rules ?? [],
        },
        Tenant = new TenantSnapshot { Users = users ?? [], ManagedDevices = devices ?? [], IncludedUsers = included, ExcludedUsers = excluded ?? [] },
        Assessments = assessments,
    };

    public static void Announce(this IStateStore store, ChangeRecord change, int denials) => store.Announce([new Announcement(change, denials)]);

    public static void Settle(this IStateStore store, ChangeRecord change, IReadOnlyList<LedgerEntry> written, IReadOnlyList<LedgerEntry> withdrawn) =>
        store.Settle([new Settlement(change, written, withdrawn)]);

    public static void SaveSnapshot(this IStateStore store, RunSnapshot snapshot) => store.SaveSnapshot(snapshot, asBaseline: true);

    /// <summary>A read of so many partnerships, one per mailbox.</summary>
    public static RunSnapshot Many(int count, string prefix = "DEV", DateTimeOffset? asOf = null)
    {
        var mailboxes = Enumerable.Range(1, count).Select(number => Mailbox(number)).ToList();
        var users = mailboxes.ConvertAll(mailbox => User(100_000 + mailboxes.IndexOf(mailbox), mailbox));
        var devices = mailboxes.Select((_, i) => Managed("m" + i, prefix + i, users[i].Id)).ToList();
        var assessments = mailboxes.Select((mailbox, i) => Assessments.Make(Partnership(200_000 + i, prefix + i, mailbox), mailbox, users[i], devices[i])).ToList();
        return Snapshot(assessments, users, devices, asOf: asOf);
    }
}
