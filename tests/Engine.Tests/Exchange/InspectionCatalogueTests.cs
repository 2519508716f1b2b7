using System;
using System.Collections.Generic;
using System.Linq;
using System.Reflection;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Engine.Exchange.Commands;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Exchange;

public sealed class InspectionCatalogueTests
{
    [Fact]
    public void Three_reads_and_nothing_else() =>
        Assert.Equal(["Get-ManagementRoleEntry", "Get-ThrottlingPolicy", "Get-ThrottlingPolicyAssociation"], InspectionCatalogue.Names.Order());

    [Fact]
    public void The_catalogue_that_a_sync_uses_does_not_know_them() =>
        Assert.All(InspectionCatalogue.Names, name =>
        {
            Assert.DoesNotContain(name, ExchangeCatalogue.Names);
            Assert.Equal(ErrorIds.ExchangeCommandRefused, Assert.Throws<ConnectorException>(() => new ExchangeCommand(name, new Dictionary<string, object>())).ErrorId);
        });

    [Fact]
    public void Nobody_outside_can_get_hold_of_what_admits_them()
    {
        const BindingFlags All = BindingFlags.Instance | BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic;
        Assert.All(typeof(InspectionCatalogue).GetConstructors(All), constructor => Assert.True(constructor.IsPrivate || constructor.IsStatic));
        Assert.All(typeof(InspectionCatalogue).GetFields(All).Where(field => field.FieldType == typeof(InspectionCatalogue)), field => Assert.True(field.IsPrivate));
        Assert.DoesNotContain(typeof(InspectionCatalogue).GetProperties(All), property => property.PropertyType == typeof(InspectionCatalogue));
        Assert.DoesNotContain(typeof(InspectionCatalogue).GetMethods(All), method => method.ReturnType == typeof(InspectionCatalogue) && !method.IsPrivate);
        Assert.True(typeof(InspectionCatalogue).IsSealed);
    }

    [Fact]
    public void What_is_made_names_its_object_and_carries_nothing_else()
    {
        var association = InspectionCatalogue.Association("CONTOSO\\svc");
        Assert.Equal(["ErrorAction", "Identity", "WarningAction"], association.Parameters.Keys.Order());
        Assert.Equal("Mail Recipients\\*", InspectionCatalogue.RoleEntries("Mail Recipients").Parameters["Identity"]);
        Assert.False(InspectionCatalogue.Policies().Parameters.ContainsKey("Identity"));
    }

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("*")]
    [InlineData("svc*")]
    [InlineData("sv?")]
    public void An_account_that_stands_for_several_is_refused(string account) =>
        Assert.Equal(ErrorIds.ExchangeCommandRefused, Assert.Throws<ConnectorException>(() => InspectionCatalogue.Association(account)).ErrorId);
}
