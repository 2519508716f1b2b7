namespace IntuneExchangeConnector.Sandbox.World;

/// <summary>What every world calls by the same name, so that tests and the tour find it. Aliases stand before the world's domain name.</summary>
public static class WorldNames
{
    public const string FirstServer = "EX1";
    public const string SecondServer = "EX2";
    public const string ThirdServer = "EX3";

    /// <summary>The servers that a world has only where its options say so.</summary>
    public const string ClientAccess2013 = "CAS13";
    public const string Mailbox2013 = "MBX13";
    public const string Exchange2010 = "EX10";
    public const string EdgeServer = "EDGE1";

    public const string MonitoringContainer = "Microsoft Exchange System Objects/Monitoring Mailboxes";

    public const string DefaultPolicy = "Default";
    public const string ExecutivePolicy = "Executives";

    /// <summary>The group a connector would target: nine users in ten, a third of them only through nested groups, three deep.</summary>
    public const string TargetGroup = "Mail-Mobile-Users";
    public const string RegionGroup = "Mail-Mobile-Regions";
    public const string CountryGroup = "Mail-Mobile-Italy";
    public const string CityGroup = "Mail-Mobile-Milan";

    /// <summary>The group a connector would exempt; some of its members are targeted, too.</summary>
    public const string ExemptGroup = "Mail-Exempt";
    public const string CloudGroup = "Cloud-Staff";
    public const string EmptyGroup = "Mail-Nobody";

    /// <summary>One modern phone, enrolled, activated and compliant.</summary>
    public const string Ordinary = "jane.doe";

    /// <summary>A phone that was never enrolled.</summary>
    public const string NotEnrolled = "pat.nguyen";

    public const string NotCompliant = "sam.rossi";

    /// <summary>Three devices, all in order.</summary>
    public const string SeveralDevices = "maria.keller";

    /// <summary>A phone whose managed device belongs to <see cref="Ordinary"/>: the same id in two mailboxes.</summary>
    public const string SharedDevice = "reception";

    /// <summary>One id under two device types.</summary>
    public const string TwoTypes = "tom.berg";

    public const string DifferentUpn = "lena.vogel";
    public const string Unlicensed = "ugo.serra";

    /// <summary>In the target group and in the exempt group.</summary>
    public const string Exempt = "vera.lang";

    /// <summary>In no group at all.</summary>
    public const string NotTargeted = "nils.aho";

    /// <summary>Not enrolled, but an administrator allows the id.</summary>
    public const string AdministratorAllow = "hugo.prinz";

    /// <summary>Compliant, but an administrator blocks the id.</summary>
    public const string AdministratorBlock = "rita.stone";

    /// <summary>The id stands in both lists, in another case in one of them.</summary>
    public const string BothLists = "otto.blum";

    /// <summary>An allowed id whose device is gone.</summary>
    public const string Leftover = "gina.moss";

    public const string WithoutUser = "scanner.lobby";
    public const string ActiveSyncOff = "karl.eder";

    /// <summary>Enrolled with the right id, not activated.</summary>
    public const string NotActivated = "nora.finch";

    /// <summary>The managed device spells the id in small letters.</summary>
    public const string OtherCase = "cleo.hart";

    /// <summary>Two managed devices of the user carry the id: one compliant, the newer one not.</summary>
    public const string TwoManagedDevices = "dino.costa";

    /// <summary>Enrolled, but Intune knows no EAS id.</summary>
    public const string WithoutEasId = "ewa.lis";

    public const string InGracePeriod = "greta.holm";
    public const string UnknownCompliance = "ulf.strand";
    public const string ConfigurationManager = "cora.mills";
    public const string ComplianceConflict = "colin.frost";
    public const string ComplianceError = "erik.dahl";

    public const string OutlookServiceUser = "olga.reyes";
    public const string AutoBlocked = "andy.crane";
    public const string Upgrading = "ulla.brandt";
    public const string Discovering = "dora.wells";
    public const string PolicyNotMet = "pia.olsen";
    public const string NeverSynced = "nina.duarte";

    /// <summary>A phone so old that an access rule names its system.</summary>
    public const string RuleBlocked = "igor.pavlov";

    /// <summary>Comma, quotes, parentheses and a backslash in the common name.</summary>
    public const string AwkwardName = "jurgen.muller";
    public const string Apostrophe = "sinead.obrien";
    public const string OtherScript = "kenta.yamada";

    /// <summary>A hundred partnerships, most of them stale.</summary>
    public const string HundredDevices = "hoarder";

    /// <summary>Mailbox and user agree in the object Guid, account name and addresses, not in the distinguished name; and so on down.</summary>
    public const string JoinedByGuid = "gus.keane";
    public const string JoinedByAccountName = "sally.moreno";
    public const string JoinedByAddress = "petra.lund";
    public const string JoinedByUserPrincipalName = "uma.pratt";

    public const string HealthMailbox = "HealthMailbox83d6781";
    public const string TestMailbox = "extest_9a7f5c21b0d84";
    public const string OldTestMailbox = "CAS_{2f6c1d7a9be04c53}";

    public const string HostileMailbox = "mallory";
}
