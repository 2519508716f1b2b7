using System;
using System.Globalization;
using System.Management.Automation;
using IntuneExchangeConnector.Sandbox.World;
using Microsoft.Exchange.Configuration.Tasks;
using Microsoft.Exchange.Data;
using Microsoft.Exchange.Data.Directory;

namespace IntuneExchangeConnector.Sandbox.Exchange.Commands;

/// <summary>Every error that the simulated Exchange reports.</summary>
internal static class ExchangeErrors
{
    public static ExchangeCommandException NotFound(string identity, string domainController) => new(
        new ManagementObjectNotFoundException(ExchangeTexts.NotFound(identity, domainController)));

    public static ExchangeCommandException Ambiguous(string identity, string domainController) => new(
        new ManagementObjectAmbiguousException(ExchangeTexts.Ambiguous(identity, domainController)));

    public static ExchangeCommandException AlreadyExists(string name, string domainController) => new(
        new ADObjectAlreadyExistsException($"Active Directory operation failed on {domainController}. The object '{name}' already exists."));

    public static ExchangeCommandException Invalid(string message) => new(new DataValidationException(message));

    public static ExchangeCommandException NotAllowed(string message) => new(new TaskInvalidOperationException(message));

    public static ExchangeCommandException NotProxied(string command, string identity, SandboxServer home) => new(new CmdletProxyException(
        $"Error on proxy command '{command} -Identity:'{identity}'' to server {home.Fqdn}: Server version {home.Version.Major}.{home.Version.Minor:00}.{home.Version.Build:0000}.000, Proxy method RPS: the remote server returned an unexpected response."));

    public static ExchangeCommandException OutOfWriteScope(SandboxMailbox mailbox) => new(new InvalidOperationException(
        $"The operation on mailbox \"{mailbox.DisplayName}\" failed because it's out of the current user's write scope. '{mailbox.Identity}' isn't within your current write scopes. Can't perform save operation."));

    public static ExchangeCommandException NoDomainController(string name) => new(new SuitabilityDirectoryException(
        $"An Active Directory error 0x51 occurred when trying to check the suitability of server '{name}'. Error: 'Active directory response: The LDAP server is unavailable.'"));

    /// <summary>An error that a fault asked for.</summary>
    public static Exception Of(ExchangeErrorKind kind, string domainController) => kind switch
    {
        ExchangeErrorKind.ManagementObjectNotFound => NotFound("the requested object", domainController).Error,
        ExchangeErrorKind.ManagementObjectAmbiguous => Ambiguous("the requested object", domainController).Error,
        ExchangeErrorKind.ADConstraintViolation => new ADConstraintViolationException(
            $"Active Directory operation failed on {domainController}. This error is not retriable. Additional information: A constraint violation occurred."),
        ExchangeErrorKind.ADOperation => new ADOperationException(
            $"Active Directory operation failed on {domainController}. This error is not retriable. Additional information: Access is denied."),
        ExchangeErrorKind.ADTransient => new ADTransientException(
            $"Active Directory server {domainController} is not available. Please retry at a later time."),
        ExchangeErrorKind.CmdletProxy => new CmdletProxyException(
            "Error on proxy command to server: Server version 15.02, Proxy method RPS: the remote server returned an unexpected response."),
        _ => throw new ArgumentOutOfRangeException(nameof(kind)),
    };

    /// <summary>The record as it leaves the server: the id names the server, the request, the time and the kind of failure.</summary>
    public static ErrorRecord Record(Exception error, string server)
    {
        string id = string.Create(
            CultureInfo.InvariantCulture,
            $"[Server={server},RequestId={Guid.NewGuid()},TimeStamp={TimeProvider.System.GetUtcNow():G}] [FailureCategory=Cmdlet-{error.GetType().Name}] {Fingerprint(error.Message):X8}");
        return new ErrorRecord(error, id, ErrorCategory.NotSpecified, targetObject: null);
    }

    private static uint Fingerprint(string text)
    {
        uint hash = 2166136261;
        foreach (char c in text)
            hash = (hash ^ c) * 16777619;
        return hash;
    }
}
