using System.Net;
using System.Text.Json;
using Calf.Accounts;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

public sealed class ActorApiTests
{
    private static readonly JsonSchema Schema = new("fediverse-jsonschema/schemas");

    [Theory]
    [Trait("Wire", "047")]
    [Trait("Wire", "050")]
    [Trait("Wire", "051")]
    [Trait("Wire", "053")]
    [InlineData("/users/alice")]
    [InlineData("/users/ALICE")]
    [InlineData("/@alice")]
    public async Task The_owner_is_a_whole_actor(string path)
    {
        await using var server = await OwnServer.Start(a => a with
        {
            Locked = true,
            Indexable = true,
            Fields = [new ProfileField("Site", "<a href=\"https://alice.test\">alice.test</a>")],
            AvatarUrl = "https://social.alice.test/media/a.png",
            AvatarAlt = "A calf",
            AlsoKnownAs = ["https://old.test/users/alice"],
        });
        var actor = await server.Document(path);
        Assert.Empty(Schema.Validate("ap/actor-schema.json", actor));
        Assert.Equal("https://social.alice.test/users/alice", actor.GetProperty("id").GetString());
        Assert.Equal("Person", actor.GetProperty("type").GetString());
        Assert.Equal("alice", actor.GetProperty("preferredUsername").GetString());
        foreach (var collection in new[] { "inbox", "outbox", "followers", "following", "featured" })
            Assert.StartsWith("https://social.alice.test/users/alice/", actor.GetProperty(collection).GetString(), StringComparison.Ordinal);
        Assert.Equal("https://social.alice.test/inbox", actor.GetProperty("endpoints").GetProperty("sharedInbox").GetString());
        Assert.Equal(JsonValueKind.Object, actor.GetProperty("publicKey").ValueKind);
        Assert.Equal("Multikey", actor.GetProperty("assertionMethod")[0].GetProperty("type").GetString());
        Assert.True(actor.GetProperty("manuallyApprovesFollowers").GetBoolean());
        Assert.True(actor.GetProperty("indexable").GetBoolean());
        Assert.False(actor.GetProperty("discoverable").GetBoolean());
        Assert.Equal("PropertyValue", Assert.Single(actor.GetProperty("attachment").EnumerateArray()).GetProperty("type").GetString());
        Assert.Equal("image/png", actor.GetProperty("icon").GetProperty("mediaType").GetString());
        Assert.Equal("A calf", actor.GetProperty("icon").GetProperty("name").GetString());
        Assert.False(actor.TryGetProperty("image", out _));
        Assert.False(actor.TryGetProperty("movedTo", out _));
        Assert.Equal("https://old.test/users/alice", actor.GetProperty("alsoKnownAs")[0].GetString());
    }

    [Fact]
    [Trait("Wire", "048")]
    [Trait("Wire", "054")]
    [Trait("Wire", "055")]
    [Trait("Wire", "056")]
    public async Task The_owner_says_where_they_are_found_and_what_this_server_can_do()
    {
        await using var server = await OwnServer.Start();
        var actor = await server.Document("/users/alice");
        Assert.Equal("alice@alice.test", actor.GetProperty("webfinger").GetString());
        Assert.Equal("https://social.alice.test/@alice", actor.GetProperty("url").GetString());
        foreach (var address in new[] { "inbox", "outbox", "followers", "following", "featured" }.Select(name => actor.GetProperty(name)).Append(actor.GetProperty("publicKey").GetProperty("id")))
            Assert.Equal("social.alice.test", new Uri(address.GetString()!).Host);
        var can = Assert.Single(actor.GetProperty("generator").GetProperty("implements").EnumerateArray());
        Assert.Equal("https://datatracker.ietf.org/doc/html/rfc9421", can.GetProperty("href").GetString());
    }

    [Fact]
    [Trait("Wire", "046")]
    public async Task Every_extension_term_of_an_actor_is_defined()
    {
        await using var server = await OwnServer.Start(a => a with { Memorial = true, MovedToUri = "https://new.test/users/alice", AlsoKnownAs = ["https://old.test/1"] });
        var actor = await server.Document("/users/alice");
        var defined = actor.GetProperty("@context").EnumerateArray().SelectMany(Terms).ToHashSet();
        Assert.Equal("https://www.w3.org/ns/activitystreams", actor.GetProperty("@context")[0].GetString());
        Assert.DoesNotContain(actor.EnumerateObject().Select(p => p.Name), name => name != "@context" && !defined.Contains(name));
    }

    [Fact]
    public async Task The_instance_actor_is_readable_before_anything_is_verified()
    {
        await using var server = await OwnServer.Start();
        var actor = await server.Document("/actor");
        Assert.Empty(Schema.Validate("ap/actor-schema.json", actor));
        Assert.Equal("Application", actor.GetProperty("type").GetString());
        Assert.Equal("https://social.alice.test/inbox", actor.GetProperty("inbox").GetString());
        Assert.Equal("https://social.alice.test/actor#main-key", actor.GetProperty("publicKey").GetProperty("id").GetString());
        Assert.Equal(0, (await server.Document("/actor/outbox")).GetProperty("totalItems").GetInt32());
        Assert.Equal(0, server.SignersAsked);
    }

    [Theory]
    [InlineData("/users/bob")]
    [InlineData("/@bob")]
    [InlineData("/users/alice@alice.test")]
    public async Task Nobody_else_lives_here(string path)
    {
        await using var server = await OwnServer.Start();
        using var response = await server.Ask(path);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
    }

    [Fact]
    public async Task Before_setup_there_are_no_actors()
    {
        await using var server = await OwnServer.StartWithoutOwner();
        foreach (var path in new[] { "/users/alice", "/actor", "/users/alice/outbox" })
        {
            using var response = await server.Ask(path);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        }
    }

    [Fact]
    public async Task A_browser_is_sent_from_the_id_to_the_page()
    {
        await using var server = await OwnServer.Start();
        using var response = await server.Ask("/users/Alice", "text/html,application/xhtml+xml,*/*;q=0.8");
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Equal("https://social.alice.test/@alice", response.Headers.Location?.ToString());
        Assert.Contains("Accept", response.Headers.Vary);
    }

    private static IEnumerable<string> Terms(JsonElement context) => context.ValueKind == JsonValueKind.Object
        ? context.EnumerateObject().Select(p => p.Name)
        : context.GetString() switch
        {
            "https://www.w3.org/ns/activitystreams" => Context("activitystreams"),
            "https://w3id.org/security/v1" => Context("security-v1"),
            "https://www.w3.org/ns/did/v1" => Context("did-v1"),
            "https://w3id.org/security/multikey/v1" => Context("security-multikey-v1"),
            var other => throw new InvalidOperationException($"{other} is not in the corpus."),
        };

    private static IEnumerable<string> Context(string name) =>
        JsonDocument.Parse(Corpus.Text($"fedify/packages/vocab-runtime/src/contexts/{name}.json")).RootElement.GetProperty("@context").EnumerateObject().Select(p => p.Name);
}
