using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading.Tasks;
using IntuneExchangeConnector.Domain.Devices;
using IntuneExchangeConnector.Domain.Policy;
using IntuneExchangeConnector.Sandbox.Graph;
using IntuneExchangeConnector.Sandbox.World;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

/// <summary>What no list of changes tells, found by looking at those whom it concerns.</summary>
public sealed partial class ChangesReadTests
{
    [Fact]
    public async Task What_no_list_of_changes_tells_is_found_when_it_is_looked_at()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(s_roles);
        var whole = await WholeAsync(tenant, source);
        var now = tenant.Time.GetUtcNow();
        var moved = tenant.World.ManagedDevices.First(device => device.UserIndex >= 0);
        var (from, to) = (tenant.World.Users[moved.UserIndex].Id, tenant.World.Users.First(user => user.Id != tenant.World.Users[moved.UserIndex].Id).Id);
        tenant.Endpoint.State.Append(new ManagedDeviceChanged(moved.Id) { User = to, At = now });
        var quick = await QuickAsync(tenant, source, whole.Memory);

        foreach (var user in new[] { from, to })
        {
            var confirmed = await source.ConfirmAsync(tenant.Policy, quick, [user], [], tenant.Console, TestContext.Current.CancellationToken);

            Assert.Equal(to, confirmed.Tenant.ManagedDevices.Single(device => device.Id == moved.Id.ToString()).UserId);
            Assert.Equal(quick.Tenant.ManagedDevices.Count, confirmed.Tenant.ManagedDevices.Count);
            Assert.Contains(confirmed.Changes!.Devices, change => change.After!.Id == moved.Id.ToString());
            Assert.Same(confirmed, await source.ConfirmAsync(tenant.Policy, confirmed, [user], [moved.Id.ToString()], tenant.Console, TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task A_membership_that_was_not_told_is_found_when_its_user_is_looked_at()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(s_roles);
        var whole = await WholeAsync(tenant, source);
        var (member, stranger) = (whole.Tenant.IncludedUsers!.Order().First(), whole.Tenant.Users.Select(user => user.Id).Except(whole.Tenant.IncludedUsers!).Order().First());
        var lie = whole.Memory.Groups.ToDictionary(
            pair => pair.Key,
            pair => pair.Value with { Users = pair.Value.Users.Contains(member) ? [.. pair.Value.Users.Where(user => user != member), stranger] : pair.Value.Users });
        var quick = await QuickAsync(tenant, source, whole.Memory with { Groups = lie });
        Assert.Contains(stranger, quick.Tenant.IncludedUsers!);

        var confirmed = await source.ConfirmAsync(tenant.Policy, quick, [member, stranger], [], tenant.Console, TestContext.Current.CancellationToken);

        AssertSame(whole.Tenant, confirmed.Tenant);
        Assert.Equal(new[] { member, stranger }.Order(), confirmed.Changes!.Memberships.Select(user => user.Id).Order());
        Assert.True(confirmed.Changes.GroupsChanged);
        Assert.Equal(2, tenant.Endpoint.Requests.Count(GraphRoute.UserGroups));
        Assert.Same(confirmed, await source.ConfirmAsync(tenant.Policy, confirmed, [member, stranger], [], tenant.Console, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Somebody_who_is_gone_is_in_no_group()
    {
        await using var tenant = await SandboxTenant.StartAsync();
        using var source = tenant.WithToken(s_roles);
        var whole = await WholeAsync(tenant, source);
        var member = whole.Tenant.IncludedUsers!.Order().First();
        var quick = await QuickAsync(tenant, source, whole.Memory);
        tenant.Endpoint.State.Append(new UserRemoved(member) { At = tenant.Time.GetUtcNow() });

        var confirmed = await source.ConfirmAsync(tenant.Policy, quick, [member], [], tenant.Console, TestContext.Current.CancellationToken);

        Assert.DoesNotContain(confirmed.Tenant.Users, user => user.Id == member);
        Assert.DoesNotContain(member, confirmed.Tenant.IncludedUsers!);
    }
}
