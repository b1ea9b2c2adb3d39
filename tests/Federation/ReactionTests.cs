using Calf.Interactions;
using Calf.Mastodon.Entities;
using Calf.Media;
using Calf.Notifications;
using Calf.Statuses;

namespace Calf.Tests.Federation;

/// <summary>Emoji reactions in the two spellings of the fediverse.</summary>
public sealed class ReactionTests : RemoteWorld
{
    private const string Cow = ""","content":":cow:","tag":[{"id":"https://remote.test/emojis/cow","type":"Emoji","name":":cow:","icon":{"type":"Image","url":"https://remote.test/cow.png"}}]""";

    [Theory]
    [Trait("Wire", "097")]
    [InlineData("EmojiReact", ",\"content\":\"🔥\"")]
    [InlineData("Like", ",\"content\":\"🔥\"")]
    [InlineData("Like", ",\"_misskey_reaction\":\"🔥\"")]
    [InlineData("Like", ",\"content\":\"🔥\",\"_misskey_reaction\":\"🔥\"")]
    public async Task A_reaction_is_a_favourite_with_an_emoji(string type, string more)
    {
        var post = await Post("hi");
        await Send("r1", type, Quote(post.Uri), more);
        Assert.Equal(1, Find(post.Uri)!.FavouritesCount);
        Assert.Equal(NotificationTypes.Favourite, Assert.Single(Told()).Type);
        var shown = Assert.Single(Shown(post, byOwner: true).EmojiReactions!);
        Assert.Equal(("🔥", 1, null), (shown.Name, shown.Count, shown.Url));
        Assert.Null(Shown(post, byOwner: false).EmojiReactions);
    }

    [Fact]
    [Trait("Wire", "097")]
    [Trait("Wire", "081")]
    public async Task A_custom_emoji_comes_with_its_picture()
    {
        var post = await Post("hi");
        await Send("r1", "EmojiReact", Quote(post.Uri), Cow);
        var shown = Assert.Single(Shown(post, byOwner: true).EmojiReactions!);
        Assert.Equal(("cow", Alice.Get<RemoteMediaUrls>().Of("https://remote.test/cow.png", RemoteShape.Emoji)), (shown.Name, shown.Url));
    }

    [Fact]
    [Trait("Wire", "082")]
    public async Task A_picture_that_claims_another_host_is_left_out()
    {
        var post = await Post("hi");
        await Send("r1", "EmojiReact", Quote(post.Uri), Cow.Replace("https://remote.test/emojis", "https://victim.test/emojis", StringComparison.Ordinal));
        Assert.Null(Assert.Single(Shown(post, byOwner: true).EmojiReactions!).Url);
    }

    [Theory]
    [Trait("Wire", "097")]
    [InlineData("", 0)]
    [InlineData(",\"content\":\"nice post\"", 0)]
    [InlineData(",\"content\":\"a\"", 0)]
    [InlineData(",\"content\":{\"x\":1}", 0)]
    [InlineData(",\"content\":\"👩‍👩‍👧‍👦\"", 1)]
    [InlineData(",\"content\":\"1️⃣\"", 1)]
    [InlineData(",\"content\":\":a@b.test:\"", 1)]
    [InlineData(",\"content\":\":<b>:\"", 0)]
    public async Task What_is_no_emoji_is_no_reaction_and_a_like_is_still_a_favourite(string more, int reactions)
    {
        var post = await Post("hi");
        await Send("l1", "Like", Quote(post.Uri), more);
        Assert.Equal(1, Find(post.Uri)!.FavouritesCount);
        Assert.Equal(reactions, Alice.Database.Read(c => ReactionStore.Of(c, [post.Id]))[post.Id].Count());

        var other = await Post("ho");
        await Send("e1", "EmojiReact", Quote(other.Uri), more);
        Assert.Equal(reactions, Find(other.Uri)!.FavouritesCount);
    }

    [Theory]
    [Trait("Wire", "097")]
    [Trait("Wire", "089")]
    [InlineData("""{"id":"ACTOR/r1","type":"EmojiReact","actor":"ACTOR","object":"POST","content":"🔥"}""")]
    [InlineData("""{"type":"EmojiReact","object":"POST","content":"🔥"}""")]
    [InlineData("""{"id":"ACTOR/r1","type":"Like","actor":"ACTOR","object":"POST"}""")]
    [InlineData("\"ACTOR/r1\"")]
    public async Task A_reaction_is_taken_back_and_another_one_keeps_the_favourite(string inner)
    {
        var post = await Post("hi");
        await Send("r1", "EmojiReact", Quote(post.Uri), ",\"content\":\"🔥\"");
        await Send("r2", "EmojiReact", Quote(post.Uri), Cow);
        Assert.Equal(1, Find(post.Uri)!.FavouritesCount);

        await Send("u1", "Undo", inner.Replace("ACTOR", Rae.Actor, StringComparison.Ordinal).Replace("POST", post.Uri, StringComparison.Ordinal));
        Assert.Equal("cow", Assert.Single(Shown(post, byOwner: true).EmojiReactions!).Name);
        Assert.Equal(1, Find(post.Uri)!.FavouritesCount);
        Assert.Single(Told());

        await Send("u2", "Undo", Quote($"{Rae.Actor}/r2"));
        Assert.Null(Shown(post, byOwner: true).EmojiReactions);
        Assert.Equal(0, Find(post.Uri)!.FavouritesCount);
        Assert.Empty(Told());
    }

    [Fact]
    public async Task One_account_has_one_favourite_however_much_it_reacts()
    {
        var post = await Post("hi");
        for (var i = 0; i < ReactionStore.MaxEach + 3; i++) await Send($"r{i}", "EmojiReact", Quote(post.Uri), $",\"content\":\":e{i}:\"");
        Assert.Equal(1, Find(post.Uri)!.FavouritesCount);
        Assert.Equal(ReactionStore.MaxEach, Shown(post, byOwner: true).EmojiReactions!.Count);
    }

    [Fact]
    public async Task Nobody_reacts_to_what_they_may_not_see()
    {
        var post = await Post("secret", Visibility.Private);
        await Send("r1", "EmojiReact", Quote(post.Uri), Cow);
        Assert.Equal(0, Find(post.Uri)!.FavouritesCount);
        Assert.Null(Shown(post, byOwner: true).EmojiReactions);
    }

    private StatusEntity Shown(Status post, bool byOwner) =>
        Alice.Database.Read(c => Alice.Get<StatusRendering>().Render(c, StatusStore.Find(c, post.Id)!, byOwner));
}
