using System;
using System.Collections.Generic;

namespace IntuneExchangeConnector.Sandbox.World;

internal static class UserMutator
{
    public static void Add(SandboxWorld world, UserAdded added, TenantChangeLog log)
    {
        var user = new SandboxUser
        {
            Id = added.User,
            UserPrincipalName = added.UserPrincipalName,
            DisplayName = added.DisplayName,
            Mail = added.Mail,
            ProxyAddresses = added.ProxyAddresses ?? (added.Mail is null ? [] : ["SMTP:" + added.Mail]),
            OnPremisesDistinguishedName = added.OnPremisesDistinguishedName,
            OnPremisesSamAccountName = added.OnPremisesSamAccountName,
            OnPremisesDomainName = added.OnPremisesSamAccountName is null ? null : world.DomainName,
            OnPremisesImmutableId = added.OnPremisesImmutableId,
            HasIntuneLicence = added.HasIntuneLicence,
        };
        world.Users.Add(user);
        log.Add(new TenantChange(user.Id, user));
    }

    public static void Apply(SandboxUser user, UserChanged change, TenantChangeLog log)
    {
        var changed = new List<string>();
        if (Set(change.HasIntuneLicence, user.HasIntuneLicence, "assignedPlans", "assignedLicenses")) user.HasIntuneLicence = change.HasIntuneLicence!.Value;
        if (Set(change.AccountEnabled, user.AccountEnabled, "accountEnabled")) user.AccountEnabled = change.AccountEnabled!.Value;
        if (Set(change.DisplayName, user.DisplayName, "displayName")) user.DisplayName = change.DisplayName!;
        if (Set(change.UserPrincipalName, user.UserPrincipalName, "userPrincipalName", "onPremisesUserPrincipalName", "mailNickname")) user.UserPrincipalName = change.UserPrincipalName!;
        user.Mail = Text(user.Mail, change.Mail, "mail");
        user.OnPremisesDistinguishedName = Text(user.OnPremisesDistinguishedName, change.OnPremisesDistinguishedName, "onPremisesDistinguishedName");
        user.OnPremisesSamAccountName = Text(user.OnPremisesSamAccountName, change.OnPremisesSamAccountName, "onPremisesSamAccountName");
        user.OnPremisesImmutableId = Text(user.OnPremisesImmutableId, change.OnPremisesImmutableId, "onPremisesImmutableId", "onPremisesSyncEnabled");
        if (change.ProxyAddresses is not null)
        {
            user.ProxyAddresses = change.ProxyAddresses;
            changed.Add("proxyAddresses");
        }

        if (change.AddAddress is { } address)
        {
            user.ProxyAddresses = [.. user.ProxyAddresses, "smtp:" + address];
            changed.Add("proxyAddresses");
        }

        if (changed.Count > 0) log.Add(new TenantChange(user.Id, user) { Properties = changed });

        bool Set<T>(T? wanted, object current, params ReadOnlySpan<string> names)
        {
            if (wanted is null || wanted.Equals(current)) return false;
            foreach (string name in names) changed.Add(name);
            return true;
        }

        string? Text(string? current, string? wanted, params ReadOnlySpan<string> names)
        {
            string? text = Change.Text(current, wanted);
            if (text == current) return current;
            foreach (string name in names) changed.Add(name);
            return text;
        }
    }

    /// <summary>A user who goes leaves every group; devices that were enrolled stay behind without an owner.</summary>
    public static void Remove(SandboxWorld world, int index, bool permanently, TenantChangeLog log)
    {
        SandboxUser user = world.Users[index];
        user.IsDeleted = true;
        foreach (SandboxGroup group in world.Groups)
        {
            if (group.UserIndexes.Remove(index) && !group.IsDeleted) log.AddMembers(group, new TenantMembership(user.Id, IsGroup: false, IsGone: true));
        }

        log.Add(new TenantChange(user.Id, user, permanently ? TenantChangeKind.RemovedForGood : TenantChangeKind.Removed));
    }
}
