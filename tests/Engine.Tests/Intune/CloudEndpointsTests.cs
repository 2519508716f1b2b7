using System;
using IntuneExchangeConnector.Domain.Errors;
using IntuneExchangeConnector.Domain.Settings;
using IntuneExchangeConnector.Engine.Intune;
using Xunit;

namespace IntuneExchangeConnector.Engine.Tests.Intune;

public sealed class CloudEndpointsTests
{
    [Theory]
    [InlineData(CloudEnvironment.Global, "https://login.microsoftonline.com/contoso.com", "https://graph.microsoft.com/v1.0/", "https://graph.microsoft.com/.default")]
    [InlineData(CloudEnvironment.USGov, "https://login.microsoftonline.us/contoso.com", "https://graph.microsoft.us/v1.0/", "https://graph.microsoft.us/.default")]
    [InlineData(CloudEnvironment.USGovDoD, "https://login.microsoftonline.us/contoso.com", "https://dod-graph.microsoft.us/v1.0/", "https://dod-graph.microsoft.us/.default")]
    [InlineData(CloudEnvironment.China, "https://login.chinacloudapi.cn/contoso.com", "https://microsoftgraph.chinacloudapi.cn/v1.0/", "https://microsoftgraph.chinacloudapi.cn/.default")]
    public void Every_cloud_has_its_own_login_and_graph(CloudEnvironment cloud, string authority, string graph, string scope)
    {
        var endpoints = CloudEndpoints.Of(TestTenant.Settings with { Environment = cloud });

        Assert.Equal(authority, endpoints.Authority("contoso.com").AbsoluteUri);
        Assert.Equal(graph, endpoints.GraphRoot.AbsoluteUri);
        Assert.Equal(scope, endpoints.Scope);
        Assert.True(endpoints.IsKnownCloud);
    }

    [Theory]
    [InlineData("https://graph.test", "https://graph.test/v1.0/")]
    [InlineData("https://graph.test:8443/", "https://graph.test:8443/v1.0/")]
    [InlineData("https://graph.test/v1.0", "https://graph.test/v1.0/")]
    [InlineData("https://gateway.test/graph/", "https://gateway.test/graph/v1.0/")]
    [InlineData("http://127.0.0.1:5000", "http://127.0.0.1:5000/v1.0/")]
    [InlineData("http://localhost:5000", "http://localhost:5000/v1.0/")]
    public void A_custom_graph_is_taken_as_named(string named, string root)
    {
        var endpoints = CloudEndpoints.Of(TestTenant.Settings with { GraphEndpoint = new Uri(named) });

        Assert.Equal(root, endpoints.GraphRoot.AbsoluteUri);
        Assert.False(endpoints.IsKnownCloud);
    }

    [Theory]
    [InlineData("http://graph.test")]
    [InlineData("http://10.0.0.1")]
    [InlineData("ftp://graph.test")]
    [InlineData("https://user:word@graph.test")]
    [InlineData("https://graph.test/?x=1")]
    [InlineData("https://graph.test/#x")]
    public void An_address_that_would_show_the_token_is_refused(string named)
    {
        var graph = Assert.Throws<ConnectorException>(() => CloudEndpoints.Of(TestTenant.Settings with { GraphEndpoint = new Uri(named) }));
        var login = Assert.Throws<ConnectorException>(() => CloudEndpoints.Of(TestTenant.Settings with { LoginEndpoint = new Uri(named) }));

        Assert.Equal((ErrorIds.InvalidParameter, "GraphEndpoint"), (graph.ErrorId, graph.Target));
        Assert.Equal((ErrorIds.InvalidParameter, "LoginEndpoint"), (login.ErrorId, login.Target));
    }

    [Fact]
    public void A_relative_address_is_refused() => Assert.Equal(
        ErrorIds.InvalidParameter,
        Assert.Throws<ConnectorException>(() => CloudEndpoints.Of(TestTenant.Settings with { GraphEndpoint = new Uri("graph", UriKind.Relative) })).ErrorId);

    [Fact]
    public void The_custom_cloud_needs_graph_and_for_signing_in_a_login_server()
    {
        var noGraph = Assert.Throws<ConnectorException>(() => CloudEndpoints.Of(TestTenant.Settings with { GraphEndpoint = null }));
        var noLogin = CloudEndpoints.Of(TestTenant.Settings with { LoginEndpoint = null });

        Assert.Equal("GraphEndpoint", noGraph.Target);
        Assert.Equal("LoginEndpoint", Assert.Throws<ConnectorException>(() => noLogin.Authority("contoso.com")).Target);
    }

    [Theory]
    [InlineData("")]
    [InlineData("contoso.com/oauth2/v2.0/token?x=")]
    [InlineData("../common")]
    [InlineData("contoso.com#")]
    [InlineData("con toso")]
    [InlineData("contoso.com\n")]
    public void A_tenant_that_is_no_name_does_not_become_part_of_an_address(string tenant) => Assert.Equal(
        (ErrorIds.InvalidParameter, "TenantId"),
        Assert.Throws<ConnectorException>(() => CloudEndpoints.Of(TestTenant.Settings).Authority(tenant)) is var e ? (e.ErrorId, e.Target) : default);
}
