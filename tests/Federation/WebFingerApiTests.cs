using System.Net;
using System.Text.Json;
using System.Xml.Linq;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

public sealed class WebFingerApiTests
{
    [Theory]
    [Trait("Wire", "058")]
    [Trait("Wire", "059")]
    [Trait("Wire", "062")]
    [Trait("Wire", "063")]
    [InlineData("acct:alice@alice.test")]
    [InlineData("acct:ALICE@Alice.Test")]
    [InlineData("ACCT:alice@alice.test")]
    [InlineData("alice@alice.test")]
    [InlineData("@alice@alice.test")]
    [InlineData("acct:alice@social.alice.test")]
    [InlineData("https://social.alice.test/@alice")]
    [InlineData("https://social.alice.test/@Alice/")]
    [InlineData("https://social.alice.test/users/alice")]
    [InlineData("http://social.alice.test/users/alice")]
    [InlineData("https://alice.test/@alice")]
    public async Task Every_name_of_the_owner_leads_to_the_canonical_subject(string resource)
    {
        await using var server = await OwnServer.Start(a => a with { AvatarUrl = "https://social.alice.test/a.png" });
        using var response = await server.Ask(Address(resource), accept: null);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("application/jrd+json", response.Content.Headers.ContentType?.MediaType);
        Assert.Equal("*", Assert.Single(response.Headers.GetValues("Access-Control-Allow-Origin")));
        var jrd = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("acct:alice@alice.test", jrd.GetProperty("subject").GetString());
        var self = Assert.Single(jrd.GetProperty("links").EnumerateArray(), l => l.GetProperty("rel").GetString() == "self");
        Assert.Equal("https://social.alice.test/users/alice", self.GetProperty("href").GetString());
        Assert.Equal("application/activity+json", self.GetProperty("type").GetString());
        Assert.Empty(new JsonSchema("fediverse-jsonschema/schemas").Validate("jrd-schema.json", jrd));
    }

    [Theory]
    [Trait("Wire", "058")]
    [InlineData("", HttpStatusCode.BadRequest)]
    [InlineData("?resource=", HttpStatusCode.BadRequest)]
    [InlineData("?resource=alice", HttpStatusCode.BadRequest)]
    [InlineData("?resource=acct:alice@", HttpStatusCode.BadRequest)]
    [InlineData("?resource=https://", HttpStatusCode.BadRequest)]
    [InlineData("?resource=acct:bob@alice.test", HttpStatusCode.NotFound)]
    [InlineData("?resource=acct:alice@other.test", HttpStatusCode.NotFound)]
    [InlineData("?resource=https://other.test/@alice", HttpStatusCode.NotFound)]
    [InlineData("?resource=https://social.alice.test/users/alice/inbox", HttpStatusCode.NotFound)]
    [InlineData("?resource=acct:@alice.test", HttpStatusCode.BadRequest)]
    public async Task Other_questions_are_refused(string query, HttpStatusCode status)
    {
        await using var server = await OwnServer.Start();
        using var response = await server.Ask($"/.well-known/webfinger{query}");
        Assert.Equal(status, response.StatusCode);
        Assert.DoesNotContain("users/alice", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Only_the_relations_that_were_asked_for_are_given()
    {
        await using var server = await OwnServer.Start();
        using var response = await server.Ask($"{Address("acct:alice@alice.test")}&rel=self", accept: null);
        var jrd = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal("self", Assert.Single(jrd.GetProperty("links").EnumerateArray()).GetProperty("rel").GetString());
    }

    [Fact]
    public async Task The_owner_comes_from_other_servers_by_templates()
    {
        await using var server = await OwnServer.Start();
        using var response = await server.Ask(Address("acct:alice@alice.test"), accept: null);
        var jrd = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        var templates = jrd.GetProperty("links").EnumerateArray().Where(l => l.TryGetProperty("template", out _)).ToDictionary(l => l.GetProperty("rel").GetString()!, l => l.GetProperty("template").GetString());
        Assert.Equal("https://social.alice.test/authorize_interaction?uri={uri}", templates["http://ostatus.org/schema/1.0/subscribe"]);
        foreach (var activity in (string[])["Object", "Follow", "Like", "Announce"])
            Assert.Equal("https://social.alice.test/authorize_interaction?uri={object}", templates[$"https://w3id.org/fep/3b86/{activity}"]);
        Assert.Equal("https://social.alice.test/write?text={content}", templates["https://w3id.org/fep/3b86/Create"]);
    }

    [Theory]
    [InlineData("acct:instance.actor@alice.test")]
    [InlineData("https://social.alice.test/actor")]
    public async Task The_instance_actor_is_found_too(string resource)
    {
        await using var server = await OwnServer.Start();
        using var response = await server.Ask(Address(resource), accept: null);
        Assert.Contains("\"href\":\"https://social.alice.test/actor\"", await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Before_setup_nobody_is_found()
    {
        await using var server = await OwnServer.StartWithoutOwner();
        using var response = await server.Ask(Address("acct:alice@alice.test"), accept: null);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    [Trait("Wire", "061")]
    public async Task Host_meta_names_the_template()
    {
        await using var server = await OwnServer.Start();
        using var response = await server.Ask("/.well-known/host-meta", accept: null);
        Assert.Equal("application/xrd+xml", response.Content.Headers.ContentType?.MediaType);
        var link = XDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).Root!.Elements().Single();
        Assert.Equal("lrdd", link.Attribute("rel")!.Value);
        Assert.Equal("https://social.alice.test/.well-known/webfinger?resource={uri}", link.Attribute("template")!.Value);
    }

    private static string Address(string resource) => $"/.well-known/webfinger?resource={Uri.EscapeDataString(resource)}";
}
