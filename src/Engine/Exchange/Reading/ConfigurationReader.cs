using System.IO;
using IntuneExchangeConnector.Domain.Configuration;

namespace IntuneExchangeConnector.Engine.Exchange.Reading;

/// <summary>Reads mailbox policies, in either vocabulary, and device classes.</summary>
internal static class ConfigurationReader
{
    /// <summary>Reads a row of <c>Get-MobileDeviceMailboxPolicy</c> or <c>Get-ActiveSyncMailboxPolicy</c>.</summary>
    /// <param name="row">The row.</param>
    /// <returns>The policy; a setting in a form that is not known here counts as not told.</returns>
    /// <exception cref="InvalidDataException">The row lacks what a policy cannot be without.</exception>
    public static ExchangeMailboxPolicy ReadPolicy(ExchangeRow row)
    {
        var settings = MailboxPolicySettings.Nothing;
        foreach (var setting in MailboxPolicySetting.All)
        {
            var name = row.Has(setting.Name) ? setting.Name : setting.ActiveSyncName;
            if (row.Has(name)) settings = setting.Read(settings, row.Text(name) ?? string.Empty) ?? settings;
        }

        return new()
        {
            Id = row.Guid("Guid"),
            Name = row.Text("Name") ?? throw new InvalidDataException("Name is missing."),
            DistinguishedName = row.Text("DistinguishedName"),
            IsDefault = row.Flag(row.Has("IsDefault") ? "IsDefault" : "IsDefaultPolicy", otherwise: false),
            Settings = settings,
        };
    }

    /// <summary>Reads a row of <c>Get-ActiveSyncDeviceClass</c>.</summary>
    /// <param name="row">The row.</param>
    /// <param name="pool">Shares texts between rows.</param>
    /// <returns>The type and model.</returns>
    public static DeviceClass ReadDeviceClass(ExchangeRow row, TextPool pool) =>
        new(pool.Share(row.Text("DeviceType")) ?? string.Empty, pool.Share(row.Text("DeviceModel")));
}
