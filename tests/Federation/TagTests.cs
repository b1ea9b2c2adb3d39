using System.Text.Json;
using Calf.Mastodon.Entities;
using Calf.Media;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>What stands in <c>tag</c>, received and sent: mentions, hashtags and emoji.</summary>
public sealed class TagTests : RemoteWorld
{
    [Fact]
    [Trait("Wire", "081")]
    public async Task Emoji_of_one_name_from_two_servers_keep_their_own_pictures()
    {
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        await Follow(Rae);
        await Follow(sam);
        await Tagged(Rae, "n1", $$"""{"id":null,"type":"Emoji","name":":cow:","icon":{"type":"Image","url":"https://remote.test/cow.png"} }""");
        await Tagged(sam, "n1", $$"""{"id":"https://second.test/emojis/1","type":"Emoji","name":"cow","icon":{"type":"Image","mediaType":"image/png","url":"https://files.second.test/cow.png"} }""");
        Assert.Equal([new CustomEmoji("cow", "https://remote.test/cow.png")], Find($"{Rae.Actor}/n1")!.Emojis);
        Assert.Equal([new CustomEmoji("cow", "https://files.second.test/cow.png")], Find($"{sam.Actor}/n1")!.Emojis);
        var shown = Alice.Database.Read(c => Alice.Get<StatusRendering>().Render(c, Find($"{sam.Actor}/n1")!, byOwner: true)).Emojis;
        Assert.Equal(("cow", Alice.Get<RemoteMediaUrls>().Of("https://files.second.test/cow.png", RemoteShape.Emoji)), (Assert.Single(shown).Shortcode, shown[0].Url));
    }

    [Theory]
    [Trait("Wire", "082")]
    [InlineData("""{"id":"https://victim.test/emojis/1","type":"Emoji","name":":cow:","icon":{"type":"Image","url":"https://remote.test/cow.png"}}""")]
    [InlineData("""{"type":"Emoji","name":":cow:"}""")]
    [InlineData("""{"type":"Emoji","name":":c<b>w:","icon":{"url":"https://remote.test/cow.png"}}""")]
    [InlineData("""{"type":"Emoji","name":":cow:","icon":{"url":"javascript:alert(1)"}}""")]
    [InlineData("""{"type":"Emoji","name":7,"icon":[]}""")]
    public async Task An_emoji_that_claims_another_host_or_is_none_is_left_out_and_the_post_stays(string emoji)
    {
        await Follow(Rae);
        await Tagged(Rae, "n1", emoji);
        Assert.Empty(Find($"{Rae.Actor}/n1")!.Emojis);
    }

    [Fact]
    [Trait("Wire", "080")]
    public async Task Hashtags_are_read_in_every_spelling_and_sent_in_the_one_that_all_read()
    {
        await Follow(Rae);
        await Tagged(Rae, "n1", """{"type":"Hashtag","href":"https://remote.test/tags/hay","name":"#Hay"},{"type":"Hashtag","name":"hay"},{"type":"Hashtag","name":"#"},{"type":"Hashtag"},{"type":"Hashtag","name":"#牧場"},null,"x" """);
        Assert.Equal(["Hay", "牧場"], Alice.Database.Read(c => StatusParts.Tags(c, [Find($"{Rae.Actor}/n1")!.Id]))[Find($"{Rae.Actor}/n1")!.Id]);

        await Post("I like #Grünfutter, @rae@remote.test");
        await Fediverse.Settle();
        var tag = Sent("Create").GetProperty("tag").EnumerateArray().Single(t => t.GetProperty("type").ValueEquals("Hashtag"));
        Assert.Equal(("Hashtag", "#Grünfutter", "https://alice.test/tags/gr%C3%BCnfutter"), (tag.GetProperty("type").GetString(), tag.GetProperty("name").GetString(), tag.GetProperty("href").GetString()));
    }

    [Theory]
    [Trait("Wire", "079")]
    [InlineData(Visibility.Public, "cc")]
    [InlineData(Visibility.Unlisted, "cc")]
    [InlineData(Visibility.Private, "cc")]
    [InlineData(Visibility.Direct, "to")]
    public async Task Who_is_mentioned_is_named_by_actor_and_handle_and_addressed(Visibility visibility, string field)
    {
        await Follow(Rae);
        await Post("Hello @rae@remote.test", visibility);
        await Fediverse.Settle();
        var note = Sent("Create");
        var tag = Assert.Single(note.GetProperty("tag").EnumerateArray());
        Assert.Equal(("Mention", Rae.Actor, "@rae@remote.test"), (tag.GetProperty("type").GetString(), tag.GetProperty("href").GetString(), tag.GetProperty("name").GetString()));
        Assert.Contains(Rae.Actor, note.GetProperty(field).EnumerateArray().Select(a => a.GetString()));
        Assert.Contains($"href=\"{Rae.Actor}\"", note.GetProperty("content").GetString()!.Replace(Known(Rae).Url, Rae.Actor, StringComparison.Ordinal));
    }

    [Theory]
    [Trait("Wire", "079")]
    [InlineData("https://alice.test/users/alice", "@alice", true)]
    [InlineData("https://alice.test/users/alice", "@alice@alice.test", true)]
    [InlineData("https://remote.test/users/alice", "@alice@alice.test", false)]
    [InlineData("https://alice.test/@alice", "@alice@alice.test", false)]
    public async Task A_mention_counts_by_the_actor_it_links_not_by_its_name(string href, string name, bool told)
    {
        await Follow(Rae);
        await Tagged(Rae, "n1", $$"""{"type":"Mention","href":"{{href}}","name":"{{name}}"}""");
        Assert.Equal(told, Told().Any(n => n.Type == NotificationTypes.Mention));
        Assert.NotNull(Find($"{Rae.Actor}/n1"));
    }

    [Fact]
    [Trait("Wire", "065")]
    [Trait("Wire", "066")]
    public async Task A_post_in_the_oddest_shapes_is_taken()
    {
        await Follow(Rae);
        await Send("n1/create", "Create", $$"""
            {"id":"{{Rae.Actor}}/n1","type":["Note"],"attributedTo":[{"type":"Person","id":"{{Rae.Actor}}"}],"content":["<p>odd</p>"],"to":"as:Public","cc":[null,{"id":"{{Rae.Actor}}/followers"}],
             "tag":{"type":"Hashtag","name":"#odd"},"attachment":{"type":"Document","mediaType":"image/png","url":[{"type":"Link","href":"https://remote.test/a.png"}]},"url":{"type":"Link","href":"https://remote.test/@rae/1"},
             "replies":[],"summary":null,"sensitive":null,"source":"odd","inReplyTo":[null],"published":"2026-13-45","updated":7,"icon":null,"endpoints":"x"}
            """);
        var status = Find($"{Rae.Actor}/n1")!;
        Assert.Equal((Visibility.Public, "https://remote.test/@rae/1", "<p>odd</p>", null), (status.Visibility, status.Url, status.Content, status.EditedAt));
        Assert.Equal(Fediverse.Time.GetUtcNow(), status.CreatedAt);
        Assert.Equal("https://remote.test/a.png", Assert.Single(Alice.Database.Read(c => StatusParts.Attachments(c, [status.Id]))[status.Id]).Url);
    }

    [Theory]
    [Trait("Wire", "066")]
    [InlineData("\"to\":[\"Public\"],\"cc\":[]", Visibility.Public)]
    [InlineData("\"to\":[\"https://www.w3.org/ns/activitystreams#Public\"]", Visibility.Public)]
    [InlineData("\"to\":\"https://remote.test/users/rae/followers\",\"cc\":\"as:Public\"", Visibility.Unlisted)]
    [InlineData("\"to\":[\"https://remote.test/users/rae/followers\"]", Visibility.Private)]
    [InlineData("\"to\":[\"https://alice.test/users/alice\"]", Visibility.Direct)]
    public async Task Everybody_is_understood_in_each_spelling(string addresses, Visibility visibility)
    {
        await Follow(Rae);
        await Send("n1/create", "Create", $$"""{"id":"{{Rae.Actor}}/n1","type":"Note","attributedTo":"{{Rae.Actor}}","content":"x",{{addresses}}}""");
        Assert.Equal(visibility, Find($"{Rae.Actor}/n1")!.Visibility);
    }

    private Task Tagged(StandIn author, string id, string tags) =>
        Send(author, $"{id}/create", "Create", Note(author, id, "text")[..^1] + $",\"tag\":[{tags}]}}");

    /// <summary>The object of the last activity of a type that Rae got.</summary>
    private JsonElement Sent(string type) => Rae.Received.Last(a => a.GetProperty("type").GetString() == type).GetProperty("object");
}
