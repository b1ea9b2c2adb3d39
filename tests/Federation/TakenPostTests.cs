using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;
using Calf.Timelines;

namespace Calf.Tests.Federation;

/// <summary>Which posts are taken, changed and deleted on whose word.</summary>
public sealed class TakenPostTests : RemoteWorld
{
    [Theory]
    [Trait("Wire", "093")]
    [InlineData("https://remote.test/users/somebody", "https://remote.test/n1")]
    [InlineData("https://second.test/users/sam", "https://second.test/n1")]
    [InlineData("https://remote.test/users/rae", "https://second.test/n1")]
    public async Task An_embedded_object_of_another_counts_as_its_origin_shows_it_or_not_at_all(string author, string id)
    {
        await Follow(Rae);
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        string Body(string text, string by) => $$"""{"id":"{{id}}","type":"Note","attributedTo":"{{by}}","content":"{{text}}","to":["{{Public}}"]}""";
        await Send("c1", "Create", Body("forged", author));
        Assert.Null(Find(id));

        // Its own server knows it: as written by somebody who did not send it, which is no reason to take it either.
        (id.StartsWith(sam.Actor[..19], StringComparison.Ordinal) ? sam : Rae).Serve(id, Body("true", author));
        await Send("c2", "Create", Body("forged", author));
        Assert.Null(Find(id));
        Assert.DoesNotContain(Alice.Database.Read(c => c.Query($"SELECT content FROM statuses", r => r.Text())), text => text.Contains("forged", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Wire", "093")]
    public async Task A_post_that_is_only_named_is_fetched()
    {
        await Follow(Rae);
        Rae.Serve($"{Rae.Actor}/n1", Note(Rae, "n1", "from the origin"));
        await Send("c1", "Create", Quote($"{Rae.Actor}/n1"));
        Assert.Equal("from the origin", Find($"{Rae.Actor}/n1")!.Content);
    }

    [Theory]
    [Trait("Wire", "094")]
    [InlineData("mention", true)]
    [InlineData("addressed", true)]
    [InlineData("answer", true)]
    [InlineData("answer to another", false)]
    [InlineData("nothing", false)]
    public async Task A_post_of_a_stranger_is_taken_when_it_concerns_the_owner(string how, bool taken)
    {
        var mine = await Post("mine");
        var more = how switch
        {
            "mention" => $$""","tag":[{"type":"Mention","href":"{{Alice.Owner.Uri}}","name":"@alice@alice.test"}]""",
            "addressed" => $$""","cc":["{{Alice.Owner.Uri}}"]""",
            "answer" => $",\"inReplyTo\":\"{mine.Uri}\"",
            "answer to another" => ",\"inReplyTo\":\"https://second.test/n9\"",
            _ => "",
        };
        await Send("c1", "Create", Note(Rae, "n1", "hi")[..^1] + more + "}");
        Assert.Equal(taken, Find($"{Rae.Actor}/n1") is not null);
        Assert.DoesNotContain(Alice.Database.Read(c => TimelineStore.Home(c, new Paging(10))), id => id != mine.Id);
    }

    [Fact]
    [Trait("Wire", "095")]
    public async Task A_silent_recipient_may_read_and_like_and_answer_but_is_not_named()
    {
        using var response = await Rae.Send(
            Alice, $$"""{"id":"{{Rae.Actor}}/c1","type":"Create","actor":"{{Rae.Actor}}","object":{{Note(Rae, "n1", "bcc", "")}}}""", path: "/users/alice/inbox");
        await Fediverse.Settle();
        var status = Find($"{Rae.Actor}/n1")!;
        Assert.True(Alice.Database.Read(c => StatusAccess.MayRead(c, status, Alice.Owner.Id)));
        Assert.False(Alice.Database.Read(c => StatusAccess.MayRead(c, status, null)));
        var shown = Alice.Database.Read(c => Alice.Get<Calf.Mastodon.Entities.StatusRendering>().Render(c, status, byOwner: true));
        Assert.Empty(shown.Mentions);
    }

    [Theory]
    [Trait("Wire", "098")]
    [InlineData("\"NOTE\"")]
    [InlineData("""{"id":"NOTE","type":"Tombstone"}""")]
    [InlineData("""{"id":"NOTE","type":"Note","attributedTo":"ACTOR","content":"bye"}""")]
    public async Task A_delete_is_understood_in_its_three_shapes_and_leaves_a_tombstone(string about)
    {
        await Follow(Rae);
        await Create("n1", "hi");
        await Send("d1", "Delete", about.Replace("NOTE", $"{Rae.Actor}/n1", StringComparison.Ordinal).Replace("ACTOR", Rae.Actor, StringComparison.Ordinal));
        Assert.Null(Find($"{Rae.Actor}/n1"));
        Assert.NotNull(Alice.Database.Read(c => Tombstones.Find(c, $"{Rae.Actor}/n1")));
    }

    [Fact]
    [Trait("Wire", "098")]
    public async Task Neither_another_server_nor_a_neighbour_deletes_a_post()
    {
        await Follow(Rae);
        await Create("n1", "hi");
        using var neighbour = new StandIn(Fediverse, "remote.test", "nina");
        Rae.ShareWith(neighbour);
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        await Send(neighbour, "d1", "Delete", Quote($"{Rae.Actor}/n1"));
        await Send(sam, "d1", "Delete", Quote($"{Rae.Actor}/n1"));
        Assert.NotNull(Find($"{Rae.Actor}/n1"));
        Assert.Null(Alice.Database.Read(c => Tombstones.Find(c, $"{Rae.Actor}/n1")));
        Assert.Single(Verdicts($"{neighbour.Actor}/d1"));
    }

    [Fact]
    [Trait("Wire", "099")]
    public async Task An_actor_changes_only_itself()
    {
        await Follow(Rae);
        using var sam = new StandIn(Fediverse, "second.test", "sam");
        var asked = Fediverse.Requests.Count(r => r.EndsWith(Rae.Actor, StringComparison.Ordinal));
        var forged = $$"""{"id":"{{Rae.Actor}}","type":"Person","preferredUsername":"rae","name":"Not Rae","inbox":"https://second.test/inbox"}""";
        await Send(sam, "u1", "Update", forged);
        Assert.Equal("", Known(Rae).DisplayName);
        Assert.Equal(asked, Fediverse.Requests.Count(r => r.EndsWith(Rae.Actor, StringComparison.Ordinal)));

        Rae.Describe(more: ",\"name\":\"Rae R.\"");
        await Send("u1", "Update", forged);
        Assert.Equal("Rae R.", Known(Rae).DisplayName);
        Assert.Equal($"{Rae.Actor}/inbox", Known(Rae).Inbox);
    }

    [Theory]
    [Trait("Wire", "099")]
    [InlineData("2026-11-01T11:00:00Z", true)]
    [InlineData("2026-10-31T11:00:00Z", false)]
    public async Task A_change_of_a_post_that_is_not_here_is_news_for_a_day(string published, bool taken)
    {
        await Follow(Rae);
        await Send("u1", "Update", Note(Rae, "n1", "new words")[..^1] + $",\"published\":\"{published}\",\"updated\":\"2026-11-01T11:59:00Z\"}}");
        Assert.Equal(taken, Find($"{Rae.Actor}/n1") is not null);
        if (!taken) Assert.Contains("old post", Assert.Single(Verdicts($"{Rae.Actor}/u1")).Reason);
    }

    [Fact]
    [Trait("Wire", "099")]
    public async Task A_change_by_a_neighbour_is_not_believed()
    {
        await Follow(Rae);
        await Create("n1", "hi");
        using var neighbour = new StandIn(Fediverse, "remote.test", "nina");
        Rae.ShareWith(neighbour);
        foreach (var author in new[] { neighbour.Actor, Rae.Actor })
        {
            var note = $$"""{"id":"{{Rae.Actor}}/n1","type":"Note","attributedTo":"{{author}}","content":"forged","to":["{{Public}}"],"updated":"2026-11-02T00:00:00Z"}""";
            await Send(neighbour, Guid.NewGuid().ToString(), "Update", note);
        }
        Assert.Equal("hi", Find($"{Rae.Actor}/n1")!.Content);
    }

    [Theory]
    [Trait("Wire", "110")]
    [InlineData("""{"id":"ap://remote.test/1","type":"Create","actor":"ACTOR","object":"ap://remote.test/2"}""", 400)]
    [InlineData("""{"id":"ACTOR/1","type":"Create","actor":"ap://remote.test/users/rae","object":"ap://remote.test/2"}""", 400)]
    [InlineData("""{"id":"ACTOR/1","type":"Create","actor":"ACTOR","object":"ap://remote.test/2"}""", 202)]
    [InlineData("""{"id":"ACTOR/1","type":["Add","Arrive"],"actor":"ACTOR","object":{"id":"ap://x","type":"Spaceship"},"target":"ap://y"}""", 202)]
    [InlineData("""{"id":"ACTOR/1","type":"Move","actor":"ACTOR","object":"ACTOR","target":"ap://y"}""", 202)]
    [InlineData("""{"id":"ACTOR/1","type":"Flag","actor":"ACTOR","object":["ap://x",7,null]}""", 202)]
    [InlineData("""{"id":"ACTOR/1","type":"Announce","actor":"ACTOR","object":{"id":"ap://x","type":"Create","actor":"ap://z","object":"ap://y"}}""", 202)]
    [InlineData("""{"id":"ACTOR/1","type":"did:key:z6Mk","actor":"ACTOR","object":null}""", 202)]
    public async Task Strange_ids_and_types_pass_without_harm(string json, int status)
    {
        await Follow(Rae);
        var asked = Fediverse.Requests.Count;
        Assert.Equal(status, (int)await Rae.SendAndSettle(Alice, json.Replace("ACTOR", Rae.Actor, StringComparison.Ordinal)));
        Assert.Equal(asked, Fediverse.Requests.Count);
        Assert.Empty(Told());
        Assert.DoesNotContain(Verdicts(), v => v.Reason.Contains("error of Calf", StringComparison.Ordinal));
        Assert.Equal(0, Alice.Database.Read(c => c.Count($"SELECT count(*) FROM statuses")));
    }

    [Fact]
    [Trait("Wire", "110")]
    public async Task A_post_with_strange_addresses_in_it_is_taken_without_them()
    {
        await Follow(Rae);
        await Send("c1", "Create", Note(Rae, "n1", "hi", $"\"{Public}\",\"ap://x\",\"did:key:z6Mk\"")[..^1]
            + ""","inReplyTo":"ap://parent","url":"gemini://x","tag":[{"type":"Mention","href":"ap://somebody","name":"@x"},{"type":"Spell","name":"abracadabra"}],"attachment":[{"type":"Potion","url":"ap://z"}],"context":"ap://thread"}""");
        var status = Find($"{Rae.Actor}/n1")!;
        Assert.Equal(Visibility.Public, status.Visibility);
        Assert.Equal($"{Rae.Actor}/n1", status.Url);
    }
}
