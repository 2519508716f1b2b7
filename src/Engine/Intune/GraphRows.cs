using System;
using System.Collections.Generic;
using IntuneExchangeConnector.Domain.Devices;

namespace IntuneExchangeConnector.Engine.Intune;

/// <summary>Makes domain objects of Graph's rows. One instance serves one list: it shares the texts that come again.</summary>
internal sealed class GraphRows
{
    private const int LongestWord = 100;

    private readonly StringPool _texts = new();
    private readonly LicencePlans _plans;
    private readonly List<string> _addresses = [];
    private readonly string[] _name = [string.Empty];
    private readonly Action<string> _addAddress;

    /// <summary>Creates the mapping.</summary>
    /// <param name="licencePlans">Service plans of which one makes a user licensed.</param>
    public GraphRows(IEnumerable<Guid> licencePlans)
    {
        _plans = new(licencePlans);
        _addAddress = AddAddress;
    }

    /// <summary>Reads Graph's word for compliance.</summary>
    /// <param name="word">The word; null where there is none.</param>
    /// <returns>The state; unknown for a word that this version does not know.</returns>
    public static ComplianceState Compliance(string? word) => word?.ToLowerInvariant() switch
    {
        "compliant" => ComplianceState.Compliant,
        "noncompliant" => ComplianceState.NonCompliant,
        "conflict" => ComplianceState.Conflict,
        "error" => ComplianceState.Error,
        "ingraceperiod" => ComplianceState.InGracePeriod,
        "configmanager" => ComplianceState.ConfigManager,
        _ => ComplianceState.Unknown,
    };

    /// <summary>Keeps a word for compliance that this version does not know.</summary>
    /// <param name="word">The word; null where there is none.</param>
    /// <returns>The word, fit for a message; null for one that is known.</returns>
    public static string? UnknownCompliance(string? word) =>
        Compliance(word) != ComplianceState.Unknown || string.Equals(word, "unknown", StringComparison.OrdinalIgnoreCase) || ServerText.Clean(word, LongestWord) is not { Length: > 0 } clean ? null : clean;

    /// <summary>Reads the id of a member of a group.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The id; null for a member that is no user, which a server that overlooks the cast sends along.</returns>
    public static TenantMember? Member(GraphRow row) =>
        row.Text("@odata.type") is { } type && !type.EndsWith(".user", StringComparison.OrdinalIgnoreCase)
            ? null
            : new TenantMember(row.RequiredId("id"));

    /// <summary>Reads a managed device.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The device.</returns>
    public ManagedDevice Device(GraphRow row)
    {
        var word = row.Text("complianceState", _texts);
        var compliance = Compliance(word);
        return new()
        {
            Id = row.Required("id"),
            UserId = row.Id("userId"),
            UserPrincipalName = row.ShownText("userPrincipalName"),
            EntraDeviceId = row.Id("azureADDeviceId"),
            EasDeviceId = new EasDeviceId(row.Text("easDeviceId")),
            EasActivated = row.Flag("easActivated"),
            Compliance = compliance,
            ComplianceText = compliance == ComplianceState.Unknown ? UnknownCompliance(word) : null,
            OperatingSystem = row.Text("operatingSystem", _texts) ?? string.Empty,
            DeviceName = row.ShownText("deviceName") ?? string.Empty,
            Model = row.ShownText("model", _texts),
            LastSync = row.Instant("lastSyncDateTime"),
        };
    }

    /// <summary>Reads a user.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The user.</returns>
    public TenantUser User(GraphRow row)
    {
        var name = row.Text("userPrincipalName") ?? string.Empty;
        return new()
        {
            Id = row.RequiredId("id"),
            UserPrincipalName = name,
            OnPremisesDistinguishedName = row.Text("onPremisesDistinguishedName"),
            // The source anchor of directory sync is the object's Guid, unless an administrator chose another attribute.
            OnPremisesObjectGuid = row.EncodedId("onPremisesImmutableId"),
            OnPremisesSamAccountName = row.Text("onPremisesSamAccountName"),
            OnPremisesDomainName = row.Text("onPremisesDomainName", _texts),
            SmtpAddresses = SmtpAddresses(row, name),
            IsLicensed = _plans.AnyWorks(row),
        };
    }

    private string[] SmtpAddresses(GraphRow row, string userPrincipalName)
    {
        _addresses.Clear();
        // An organisation that is well kept has one text for all three.
        _name[0] = userPrincipalName;
        row.EachText("proxyAddresses", "smtp:", _name, _addAddress);
        AddAddress(row.Text("mail", _addresses.Count == 0 ? _name : _addresses));
        return _addresses.Count == 0 ? [] : _addresses.ToArray();
    }

    private void AddAddress(string? address)
    {
        if (string.IsNullOrEmpty(address)) return;
        foreach (var known in _addresses)
        {
            if (string.Equals(known, address, StringComparison.OrdinalIgnoreCase)) return;
        }

        _addresses.Add(address!);
    }
}
