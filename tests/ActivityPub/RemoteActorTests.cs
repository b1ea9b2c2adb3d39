using System.Text;
using System.Text.Json.Nodes;
using Calf.ActivityPub;

namespace Calf.Tests.ActivityPub;

public class RemoteActorTests
{
    private const string Id = "https://peer.example/users/alice";

    [Fact]
    [Trait("Wire", "047")]
    [Trait("Wire", "050")]
    [Trait("Wire", "051")]
    [Trait("Wire", "052")]
    public void An_actor_is_read_with_all_that_is_kept()
    {
        var actor = Read("""
            {"name":"Alice","summary":"<p>Bio</p>","url":[{"type":"Link","mediaType":"application/json","href":"https://peer.example/j"},{"type":"Link","mediaType":"text/html","href":"https://peer.example/@alice"}],
             "endpoints":{"sharedInbox":"https://peer.example/inbox"},"outbox":"https://peer.example/users/alice/outbox","followers":"https://peer.example/users/alice/followers",
             "manuallyApprovesFollowers":true,"discoverable":false,"alsoKnownAs":"https://old.example/alice","movedTo":null,"published":"2020-01-01T00:00:00Z",
             "icon":[{"type":"Image","url":"https://peer.example/a.png","summary":"A face","name":"other","mediaType":"image/png"}],"image":"https://peer.example/h.png",
             "attachment":[{"type":"PropertyValue","name":"Web","value":"<a href=\"https://alice.example\">x</a>"},{"type":"Note"}],
             "tag":{"type":"Emoji","name":":blob:","icon":{"url":"https://peer.example/blob.png"}},
             "publicKey":{"id":"https://peer.example/users/alice#main-key","owner":"https://peer.example/users/alice","publicKeyPem":"PEM"},
             "assertionMethod":[{"id":"https://peer.example/users/alice#ed","type":"Multikey","controller":"https://peer.example/users/alice","publicKeyMultibase":"z6Mk"}]}
            """);
        Assert.Equal(("Alice", "alice", "peer.example"), (actor.Name, actor.Username, actor.Host));
        Assert.Equal("https://peer.example/@alice", actor.Url);
        Assert.Equal("https://peer.example/inbox", actor.SharedInbox);
        Assert.True(actor.IsLocked);
        Assert.False(actor.IsDiscoverable);
        Assert.Null(actor.IsIndexable);
        Assert.Null(actor.MovedTo);
        Assert.Equal(["https://old.example/alice"], actor.AlsoKnownAs);
        Assert.Equal(new RemoteImage("https://peer.example/a.png", "image/png", "A face"), actor.Avatar);
        Assert.Equal("https://peer.example/h.png", actor.Header!.Url);
        Assert.Equal("Web", Assert.Single(actor.Fields).Name);
        Assert.Equal("blob", Assert.Single(actor.Emojis).Name);
        Assert.Equal([new RemoteKey(Id + "#main-key", "PEM", null), new RemoteKey(Id + "#ed", null, "z6Mk")], actor.Keys);
    }

    [Theory]
    [Trait("Wire", "047")]
    [Trait("Wire", "049")]
    [InlineData("""{"id":null}""")]
    [InlineData("""{"id":"ap://did:key:z6Mk/actor"}""")]
    [InlineData("""{"type":"Note"}""")]
    [InlineData("""{"type":null}""")]
    [InlineData("""{"preferredUsername":null}""")]
    [InlineData("""{"preferredUsername":"a/../b"}""")]
    [InlineData("""{"preferredUsername":".a"}""")]
    [InlineData("""{"preferredUsername":"a\nb"}""")]
    [InlineData("""{"inbox":null}""")]
    [InlineData("""{"inbox":"https://other.example/inbox"}""")]
    public void An_actor_that_cannot_be_talked_to_is_refused_with_a_reason(string change)
    {
        Assert.Null(RemoteActor.Read(Document(change), out var reason));
        Assert.NotEmpty(reason);
    }

    [Fact]
    [Trait("Wire", "048")]
    [Trait("Wire", "056")]
    public void Collections_keys_and_shared_inboxes_on_another_host_are_ignored()
    {
        var actor = Read("""
            {"endpoints":{"sharedInbox":"https://other.example/inbox"},"followers":"https://other.example/f","following":"https://other.example/g",
             "outbox":"http://peer.example/o","featured":"https://other.example/p","url":"https://www.other.example/@alice",
             "publicKey":[{"id":"https://other.example/k","publicKeyPem":"x"},{"id":"https://peer.example/k","owner":"https://peer.example/users/bob","publicKeyPem":"x"},"https://peer.example/users/alice/main-key"]}
            """);
        Assert.Null(actor.SharedInbox);
        Assert.Null(actor.Followers);
        Assert.Null(actor.Following);
        Assert.Null(actor.Outbox);
        Assert.Null(actor.Featured);
        Assert.Equal("https://www.other.example/@alice", actor.Url);
        Assert.Equal(new RemoteKey("https://peer.example/users/alice/main-key", null, null), Assert.Single(actor.Keys));
    }

    [Theory]
    [Trait("Wire", "065")]
    [InlineData("""{"endpoints":"https://peer.example/endpoints"}""")]
    [InlineData("""{"icon":null,"image":[]}""")]
    [InlineData("""{"icon":"javascript:alert(1)","url":"javascript:alert(1)"}""")]
    [InlineData("""{"attachment":{"type":"PropertyValue"},"tag":"x","publicKey":"x","name":["a"],"type":["Person","Other"]}""")]
    public void Odd_shapes_do_not_cost_the_actor(string change)
    {
        var actor = Read(change);
        Assert.Null(actor.SharedInbox);
        Assert.Null(actor.Avatar);
        Assert.Null(actor.Url);
        Assert.Empty(actor.Keys);
        Assert.Empty(actor.Fields);
    }

    [Fact]
    [Trait("Wire", "057")]
    public void What_is_too_long_is_cut()
    {
        var actor = Read($$"""
            {"name":"{{new string('n', 5000)}}","summary":"{{new string('s', 50_000)}}",
             "attachment":[{{string.Join(",", Enumerable.Repeat("""{"type":"PropertyValue","name":"n","value":"v"}""", 80))}}],
             "alsoKnownAs":[{{string.Join(",", Enumerable.Range(0, 400).Select(i => $"\"https://x.example/{i}\""))}}]}
            """);
        Assert.Equal((2048, 20 * 1024, 50, 256), (actor.Name!.Length, actor.SummaryHtml!.Length, actor.Fields.Count, actor.AlsoKnownAs.Count));
    }

    [Fact]
    [Trait("Wire", "082")]
    public void An_emoji_that_claims_another_host_is_left_out()
    {
        var actor = Read("""{"tag":[{"id":"https://other.example/e","type":"Emoji","name":"a","icon":{"url":"https://peer.example/a.png"}},{"id":null,"type":"Emoji","name":"b","icon":{"url":"https://peer.example/b.png"}}]}""");
        Assert.Equal("b", Assert.Single(actor.Emojis).Name);
    }

    [Theory]
    [Trait("Wire", "049")]
    [InlineData("a")]
    [InlineData("a.b-c_d")]
    [InlineData("_x_")]
    [InlineData("128")]
    public void Names_of_others_may_have_dots_and_dashes_inside(string name)
    {
        var longest = name == "128" ? new string('a', 128) : name;
        Assert.Equal(longest, Read($$"""{"preferredUsername":"{{longest}}"}""").Username);
        Assert.Null(RemoteActor.Read(Document($$"""{"preferredUsername":"{{longest}}-"}"""), out _));
    }

    [Theory]
    [Trait("Wire", "052")]
    [InlineData("""{"icon":"https://peer.example/a.png"}""", null)]
    [InlineData("""{"icon":{"type":"Image","url":"https://peer.example/a.png","name":"A face"}}""", "A face")]
    [InlineData("""{"icon":{"type":"Image","url":{"type":"Link","href":"https://peer.example/a.png"},"summary":"Better","name":"A face"}}""", "Better")]
    [InlineData("""{"icon":[null,{"type":"Image","url":"https://peer.example/a.png"},{"type":"Image","url":"https://peer.example/b.png"}]}""", null)]
    public void A_picture_is_read_in_every_shape(string change, string? description)
    {
        Assert.Equal(("https://peer.example/a.png", description), (Read(change).Avatar!.Url, Read(change).Avatar!.Description));
        Assert.Null(Read(change).Header);
        var header = Read(change.Replace("icon", "image", StringComparison.Ordinal));
        Assert.Equal("https://peer.example/a.png", header.Header!.Url);
        Assert.Null(header.Avatar);
    }

    [Theory]
    [Trait("Wire", "053")]
    [InlineData("true", true)]
    [InlineData("false", false)]
    public void What_an_actor_says_of_itself_is_read(string word, bool expected)
    {
        var actor = Read($$"""
            {"manuallyApprovesFollowers":{{word}},"discoverable":{{word}},"indexable":{{word}},"memorial":{{word}},"suspended":{{word}},
             "featured":"https://peer.example/f","featuredTags":"https://peer.example/t","alsoKnownAs":["https://old.example/a"],"movedTo":"https://new.example/a"}
            """);
        Assert.Equal((expected, expected, expected), (actor.IsLocked, actor.IsMemorial, actor.IsSuspended));
        Assert.Equal((expected, expected), (actor.IsDiscoverable, actor.IsIndexable));
        Assert.Equal(("https://peer.example/f", "https://peer.example/t", "https://new.example/a"), (actor.Featured, actor.FeaturedTags, actor.MovedTo));
        Assert.Equal(["https://old.example/a"], actor.AlsoKnownAs);
    }

    private static RemoteActor Read(string change)
    {
        var actor = RemoteActor.Read(Document(change), out var reason);
        Assert.True(actor is not null, reason);
        return actor;
    }

    private static System.Text.Json.JsonElement Document(string change)
    {
        var document = JsonNode.Parse(Peers.Actor(Id))!.AsObject();
        foreach (var (name, value) in JsonNode.Parse(change)!.AsObject()) document[name] = value?.DeepClone();
        Assert.True(ParseLimits.TryParse(Encoding.UTF8.GetBytes(document.ToJsonString()), out var root, out _));
        return root;
    }
}
