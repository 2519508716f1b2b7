namespace IntuneExchangeConnector.Domain.Errors;

/// <summary>The ids of every failure. Scripts match on them: an id is added, never renamed.</summary>
public static class ErrorIds
{
    /// <summary>No connector of that name, or none at all.</summary>
    public const string ConnectorNotFound = "ConnectorNotFound";

    /// <summary>Several connectors and no name given.</summary>
    public const string ConnectorNameRequired = "ConnectorNameRequired";

    /// <summary>A connector of that name, or for that organisation, exists.</summary>
    public const string ConnectorExists = "ConnectorExists";

    /// <summary>A connector's name cannot be a folder's.</summary>
    public const string ConnectorNameInvalid = "ConnectorNameInvalid";

    /// <summary>A parameter is missing or its value cannot be right.</summary>
    public const string InvalidParameter = "InvalidParameter";

    /// <summary>Exchange's server cannot be reached.</summary>
    public const string ExchangeUnreachable = "ExchangeUnreachable";

    /// <summary>Exchange refused the credentials.</summary>
    public const string ExchangeAuthentication = "ExchangeAuthenticationFailed";

    /// <summary>Exchange's session sees no more than its own account.</summary>
    public const string ExchangeScopeTooNarrow = "ExchangeScopeTooNarrow";

    /// <summary>The organisation has no server of that name.</summary>
    public const string ServerNotFound = "ServerNotFound";

    /// <summary>The connector opens no sessions with servers of its own choice.</summary>
    public const string FailoverNotPossible = "FailoverNotPossible";

    /// <summary>Exchange handed a command on to a server of another version, and that failed.</summary>
    public const string ExchangeProxyFailed = "ExchangeProxyFailed";

    /// <summary>Exchange's session lacks a cmdlet.</summary>
    public const string ExchangeCmdletMissing = "ExchangeCmdletMissing";

    /// <summary>Exchange's session lacks a parameter of a cmdlet.</summary>
    public const string ExchangeParameterMissing = "ExchangeParameterMissing";

    /// <summary>Exchange refused a command for want of rights.</summary>
    public const string ExchangeAccessDenied = "ExchangeAccessDenied";

    /// <summary>Exchange does not know an object.</summary>
    public const string ExchangeObjectNotFound = "ExchangeObjectNotFound";

    /// <summary>Exchange asks to slow down, or has no session left.</summary>
    public const string ExchangeThrottled = "ExchangeThrottled";

    /// <summary>The session broke while a command ran.</summary>
    public const string ExchangeSessionLost = "ExchangeSessionLost";

    /// <summary>The session is no Exchange session, or is not open.</summary>
    public const string ExchangeSessionInvalid = "ExchangeSessionInvalid";

    /// <summary>A command failed on the server.</summary>
    public const string ExchangeCommandFailed = "ExchangeCommandFailed";

    /// <summary>The organisation's identity could not be read.</summary>
    public const string ExchangeOrganizationUnknown = "ExchangeOrganizationUnknown";

    /// <summary>A command outside the connector's closed catalogue: a defect, never sent.</summary>
    public const string ExchangeCommandRefused = "ExchangeCommandRefused";

    /// <summary>The login server does not know the tenant.</summary>
    public const string TenantNotFound = "TenantNotFound";

    /// <summary>Signing in to the tenant failed.</summary>
    public const string TenantSignIn = "TenantSignInFailed";

    /// <summary>The access token expired or is refused.</summary>
    public const string AccessTokenExpired = "AccessTokenExpired";

    /// <summary>The connector signs in with an access token and none was passed.</summary>
    public const string AccessTokenRequired = "AccessTokenRequired";

    /// <summary>The certificate cannot be found or used.</summary>
    public const string CertificateUnusable = "CertificateUnusable";

    /// <summary>The machine has no managed identity, or not the one that was named.</summary>
    public const string ManagedIdentityUnavailable = "ManagedIdentityUnavailable";

    /// <summary>Tenant or token belong to another cloud than the one that was named.</summary>
    public const string TenantCloudMismatch = "TenantCloudMismatch";

    /// <summary>Graph's permission is missing; the message names it.</summary>
    public const string GraphPermissionMissing = "GraphPermissionMissing";

    /// <summary>Graph cannot be reached.</summary>
    public const string GraphUnreachable = "GraphUnreachable";

    /// <summary>Graph kept asking to slow down.</summary>
    public const string GraphThrottled = "GraphThrottled";

    /// <summary>Graph answered with a failure.</summary>
    public const string GraphRequestFailed = "GraphRequestFailed";

    /// <summary>Graph's answer cannot be read.</summary>
    public const string GraphAnswerInvalid = "GraphAnswerInvalid";

    /// <summary>A group of the policy does not exist.</summary>
    public const string GroupNotFound = "GroupNotFound";

    /// <summary>Several groups of the tenant have the name.</summary>
    public const string GroupAmbiguous = "GroupAmbiguous";

    /// <summary>The tenant holds no policy of Intune's own Exchange connector.</summary>
    public const string LegacyPolicyNotFound = "LegacyPolicyNotFound";

    /// <summary>The policy changed between the preview of an import and the import itself.</summary>
    public const string PolicyChanged = "PolicyChanged";

    /// <summary>The configuration file cannot be read.</summary>
    public const string ConfigurationUnreadable = "ConfigurationUnreadable";

    /// <summary>The configuration file cannot be written.</summary>
    public const string ConfigurationNotWritable = "ConfigurationNotWritable";

    /// <summary>The state file cannot be read.</summary>
    public const string StateUnreadable = "StateUnreadable";

    /// <summary>The state was written by a newer version.</summary>
    public const string StateTooNew = "StateTooNew";

    /// <summary>The state cannot be written, as on a full disk.</summary>
    public const string StateNotWritable = "StateNotWritable";

    /// <summary>Another run of the same connector is under way.</summary>
    public const string SyncInProgress = "SyncInProgress";

    /// <summary>Nothing was read yet that could be answered from.</summary>
    public const string NoSnapshot = "NoSnapshot";

    /// <summary>The mailbox or the device is not in the last complete read.</summary>
    public const string DeviceNotFound = "DeviceNotFound";

    /// <summary>The mailbox is not in the last complete read, or not in Exchange any more.</summary>
    public const string MailboxNotFound = "MailboxNotFound";

    /// <summary>Several partnerships of the mailbox have the device id.</summary>
    public const string DeviceAmbiguous = "DeviceAmbiguous";

    /// <summary>Exchange holds another device, or another owner, under the partnership's key than the last complete read.</summary>
    public const string DeviceChanged = "DeviceChanged";

    /// <summary>A wipe or the removal of a device could not be carried out.</summary>
    public const string DeviceCommandFailed = "DeviceCommandFailed";

    /// <summary>The last complete read holds no such entry.</summary>
    public const string ExemptionNotFound = "ExemptionNotFound";

    /// <summary>The entry is an administrator's, and was not named one by one.</summary>
    public const string AdministratorEntry = "AdministratorEntry";

    /// <summary>An entry could not be removed.</summary>
    public const string ExemptionNotRemoved = "ExemptionNotRemoved";

    /// <summary>Statistics of more mailboxes were asked for than are read without being told twice.</summary>
    public const string StatisticsLimit = "StatisticsLimit";
    /// <summary>The connector looks after a device access rule of that characteristic and text already.</summary>
    public const string AccessRuleExists = "AccessRuleExists";

    /// <summary>The connector looks after no device access rule of that characteristic and text.</summary>
    public const string AccessRuleNotFound = "AccessRuleNotFound";

    /// <summary>The connector looks after a mailbox policy of that name already.</summary>
    public const string MailboxPolicyExists = "MailboxPolicyExists";

    /// <summary>The connector looks after no mailbox policy of that name.</summary>
    public const string MailboxPolicyNotFound = "MailboxPolicyNotFound";

    /// <summary>A run id is not in the history.</summary>
    public const string RunNotFound = "RunNotFound";

    /// <summary>A secret has no protected place on this system.</summary>
    public const string SecretStoreUnavailable = "SecretStoreUnavailable";

    /// <summary>A run failed; its result says how far it came.</summary>
    public const string SyncFailed = "SyncFailed";

    /// <summary>Entries of a connector could not be withdrawn, so it was not removed.</summary>
    public const string EntriesNotWithdrawn = "EntriesNotWithdrawn";

    /// <summary>A read was cut, so that nothing may be concluded from it.</summary>
    public const string ReadIncomplete = "ReadIncomplete";

    /// <summary>A run was stopped by whoever started it.</summary>
    public const string SyncCancelled = "SyncCancelled";

    /// <summary>A check of prerequisites failed, so nothing was installed.</summary>
    public const string PrerequisiteFailed = "PrerequisiteFailed";

    /// <summary>Anything else: a defect.</summary>
    public const string Unexpected = "UnexpectedFailure";
}
