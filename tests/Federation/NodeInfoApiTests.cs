using System.Text.Json;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

public sealed class NodeInfoApiTests
{
    [Theory]
    [Trait("Wire", "064")]
    [InlineData("2.0")]
    [InlineData("2.1")]
    public async Task The_document_follows_its_schema(string version)
    {
        await using var server = await OwnServer.Start();
        await server.Database.Write(c => StatusStore.Add(c, Samples.Post(5)));
        using var response = await server.Ask($"/nodeinfo/{version}", accept: null);
        Assert.Equal($"application/json; profile=\"http://nodeinfo.diaspora.software/ns/schema/{version}#\"", response.Content.Headers.ContentType?.ToString());
        var info = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Empty(new JsonSchema($"nodeinfo/schemas/{version}").Validate("schema.json", info));
        Assert.Equal("calf", info.GetProperty("software").GetProperty("name").GetString());
        Assert.Equal("mastodon", info.GetProperty("metadata").GetProperty("upstream").GetProperty("name").GetString());
        Assert.Equal(1, info.GetProperty("usage").GetProperty("users").GetProperty("activeMonth").GetInt32());
        Assert.Equal(1, info.GetProperty("usage").GetProperty("localPosts").GetInt32());
        Assert.False(info.GetProperty("openRegistrations").GetBoolean());
    }

    [Fact]
    [Trait("Wire", "064")]
    public async Task Discovery_names_both_versions_and_the_instance_actor()
    {
        await using var server = await OwnServer.Start();
        using var response = await server.Ask("/.well-known/nodeinfo", accept: null);
        var links = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement.GetProperty("links");
        Assert.Equal(
            ["https://social.alice.test/nodeinfo/2.0", "https://social.alice.test/nodeinfo/2.1", "https://social.alice.test/actor"],
            links.EnumerateArray().Select(l => l.GetProperty("href").GetString()));
    }

    [Fact]
    public async Task Before_setup_there_are_no_users()
    {
        await using var server = await OwnServer.StartWithoutOwner();
        using var response = await server.Ask("/nodeinfo/2.1", accept: null);
        var info = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken)).RootElement;
        Assert.Equal(0, info.GetProperty("usage").GetProperty("users").GetProperty("total").GetInt32());
    }

    [Fact]
    [Trait("Wire", "064")]
    public async Task What_others_can_is_never_read_from_their_nodeinfo()
    {
        await using var fediverse = new Fediverse();
        var alice = await fediverse.Join("alice.test");
        var bob = await fediverse.Join("bob.test");
        await fediverse.Follow(bob, alice);
        await alice.Get<Calf.Federation.Outbox.Posting>().Post(new("hello", Visibility.Public));
        await fediverse.Settle();
        Assert.NotEmpty(fediverse.Requests);
        Assert.DoesNotContain(fediverse.Requests, r => r.Contains("nodeinfo", StringComparison.OrdinalIgnoreCase));
    }
}
