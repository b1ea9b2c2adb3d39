using Calf.Interactions;
using Calf.Moderation;
using Calf.Operations;
using Calf.Statuses;
using Calf.Tests.Support;
using Microsoft.Extensions.Logging.Abstractions;

namespace Calf.Tests.Federation;

/// <summary>A server gives an emoji another picture: posts, names and reactions that came before show it too, those of others do not.</summary>
public sealed class EmojiRefreshTests : RemoteWorld
{
    private const string Old = "https://remote.test/cow-1.png", New = "https://remote.test/cow-2.png";

    private int sent;

    [Fact]
    [Trait("Wire", "081")]
    public async Task A_new_picture_is_shown_in_what_came_before()
    {
        Rae.Describe(more: $",\"name\":\"Rae :cow:\",\"tag\":[{Tag(Old)}]");
        await Follow(Rae);
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        await Follow(sam, "accept-2");
        var own = await Post("hi");
        await Send("r1", "EmojiReact", Quote(own.Uri), $",\"content\":\":cow:\",\"tag\":[{Tag(Old)}]");
        var (first, theirs) = (await Note(Rae, Old), await Note(sam, Old));
        var many = await Note(Rae, Old, Tag("https://remote.test/ox.png", "ox"));

        Fediverse.Time.Advance(RemoteEmojiStore.ChangesEvery + TimeSpan.FromMinutes(1));
        var second = await Note(Rae, New);
        Assert.Equal(Old, Find(first)!.Emojis[0].Url);
        await Step();

        Assert.All(new[] { first, second, many }, uri => Assert.Equal(new CustomEmoji("cow", New), Find(uri)!.Emojis[0]));
        Assert.Equal(new CustomEmoji("ox", "https://remote.test/ox.png"), Find(many)!.Emojis[1]);
        Assert.Equal(Old, Find(theirs)!.Emojis[0].Url);
        Assert.Equal([new CustomEmoji("cow", New)], Known(Rae).Emojis);
        Assert.Equal(New, Assert.Single(Alice.Database.Read(c => ReactionStore.Of(c, [own.Id]))[own.Id]).Url);
        Assert.Empty(Alice.Database.Read(c => RemoteEmojiStore.Pending(c, 10)));
        Assert.Null(Find(first)!.EditedAt);
    }

    [Fact]
    public async Task A_server_that_changes_its_mind_all_the_time_makes_no_work()
    {
        await Follow(Rae);
        var first = await Note(Rae, Old);
        for (var i = 0; i < 5; i++) await Note(Rae, $"https://remote.test/{i}.png");

        Assert.Empty(Alice.Database.Read(c => RemoteEmojiStore.Pending(c, 10)));
        await Step();
        Assert.Equal(Old, Find(first)!.Emojis[0].Url);
    }

    [Fact]
    public async Task Where_media_are_rejected_reactions_have_no_pictures()
    {
        await Follow(Rae);
        var own = await Post("hi");
        await Send("r1", "EmojiReact", Quote(own.Uri), $",\"content\":\":cow:\",\"tag\":[{Tag(Old)}]");
        var now = Fediverse.Time.GetUtcNow();
        await Alice.Database.Write(c =>
        {
            DomainBlockStore.Save(c, new DomainBlock(1, "remote.test", DomainSeverity.None, RejectMedia: true) { CreatedAt = now });
            DomainMarks.Refresh(c);
        });
        await Send("r2", "EmojiReact", Quote(own.Uri), $",\"content\":\":ox:\",\"tag\":[{Tag(New, "ox")}]");

        var reactions = Alice.Database.Read(c => ReactionStore.Of(c, [own.Id]))[own.Id].ToList();
        Assert.Equal(["cow", "ox"], reactions.Select(r => r.Name));
        Assert.All(reactions, r => Assert.Null(r.Url));
    }

    private Task Step()
    {
        var worker = new EmojiWorker(Alice.Database, Fediverse.Time, NullLogger<EmojiWorker>.Instance);
        return worker.Step(TestContext.Current.CancellationToken);
    }

    private static string Tag(string url, string name = "cow") => $$"""{"type":"Emoji","name":":{{name}}:","icon":{"type":"Image","url":"{{url}}"} }""";

    private async Task<string> Note(StandIn author, string picture, string? another = null)
    {
        var uri = $"{author.Actor}/note-{++sent}";
        await author.SendAndSettle(Alice, $$"""
            {"id":"{{uri}}/create","type":"Create","actor":"{{author.Actor}}","object":{"id":"{{uri}}","type":"Note","attributedTo":"{{author.Actor}}","to":"{{Public}}",
             "content":"<p>:cow:</p>","tag":[{{Tag(picture)}}{{(another is null ? "" : "," + another)}}]} }
            """);
        return uri;
    }
}
