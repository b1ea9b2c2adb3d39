using System.Net;
using Calf.Federation;
using Calf.Statuses;
using Calf.Store;
using Calf.Tests.Support;
using Calf.Timelines;

namespace Calf.Tests.Federation;

/// <summary>A Lemmy community that Alice follows, with a member on the same server.</summary>
public sealed class GroupTests : RemoteWorld
{
    private const string Member = "https://lemmy.test/u/ann";
    private const string PageId = "https://lemmy.test/post/1";

    private StandIn cows = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        cows = new StandIn(Fediverse, "lemmy.test", "cows");
        cows.Describe("Group");
        cows.Serve(Member, $$"""{"id":"{{Member}}","type":"Person","preferredUsername":"ann","inbox":"{{Member}}/inbox"}""");
        cows.Serve(PageId, Page("true"));
    }

    [Fact]
    [Trait("Wire", "096")]
    public async Task A_post_that_the_group_announces_twice_is_one_boost_and_comes_from_its_origin()
    {
        await Follow(cows);
        await Announce("a1", Inner("Create", Page("forged")));
        await Announce("a2", Quote(PageId));

        var post = Find(PageId)!;
        Assert.Contains("true", post.Content);
        Assert.DoesNotContain("forged", post.Content);
        var boost = Assert.Single(Home());
        Assert.Equal((post.Id, Known(cows).Id), (boost.BoostOfId, boost.AccountId));
        Assert.Equal(1, post.BoostsCount);
        Assert.Equal(Member, Alice.Database.Read(c => Calf.Accounts.AccountStore.Find(c, post.AccountId))!.Uri);
    }

    [Fact]
    [Trait("Wire", "096")]
    public async Task A_group_that_is_not_followed_makes_nobody_fetch()
    {
        await Announce("a1", Inner("Create", Page("x")));
        await Announce("a2", Inner("Update", Page("x")));
        Assert.Null(Find(PageId));
        Assert.DoesNotContain(Fediverse.Requests, r => r.Contains("/post/", StringComparison.Ordinal));
    }

    [Fact]
    [Trait("Wire", "096")]
    public async Task A_change_counts_as_the_origin_shows_it()
    {
        await Follow(cows);
        await Announce("a1", Inner("Create", Page("x")));
        await Announce("a2", Inner("Update", Page("forged", "2026-11-02T00:00:00Z")));
        Assert.DoesNotContain("forged", Find(PageId)!.Content);
        cows.Serve(PageId, Page("better", "2026-11-02T00:00:00Z"));
        await Announce("a3", Inner("Update", Page("forged", "2026-11-03T00:00:00Z")));
        Assert.Contains("better", Find(PageId)!.Content);
    }

    [Fact]
    [Trait("Wire", "096")]
    public async Task A_post_goes_when_its_origin_says_so_and_not_before()
    {
        await Follow(cows);
        await Announce("a1", Inner("Create", Page("x")));
        await Announce("a2", Inner("Delete", Quote(PageId)));
        Assert.NotNull(Find(PageId));
        cows.Serve(PageId, "", HttpStatusCode.Gone);
        await Announce("a3", Inner("Delete", Quote(PageId)));
        Assert.Null(Find(PageId));
        Assert.Empty(Home());
    }

    [Theory]
    [Trait("Wire", "096")]
    [InlineData("Like")]
    [InlineData("Dislike")]
    [InlineData("Undo")]
    [InlineData("Lock")]
    public async Task Votes_and_the_like_that_a_group_passes_on_count_for_nothing(string verb)
    {
        await Follow(cows);
        await Announce("a1", Inner("Create", Page("x")));
        var requests = Fediverse.Requests.Count;
        await Announce("a2", Inner(verb, Quote(PageId)));
        Assert.Equal(0, Find(PageId)!.FavouritesCount);
        Assert.Equal(requests, Fediverse.Requests.Count);
        Assert.Contains(verb, Assert.Single(Verdicts($"{cows.Actor}/a2")).Reason);
    }

    [Fact]
    public async Task Answers_join_a_thread_that_is_here_and_are_no_boosts()
    {
        await Follow(cows);
        await Announce("a1", Inner("Create", Page("x")));
        cows.Serve("https://lemmy.test/comment/1", Comment(1, PageId));
        cows.Serve("https://lemmy.test/comment/2", Comment(2, "https://lemmy.test/post/unknown"));
        await Announce("a2", Inner("Create", Comment(1, PageId)));
        await Announce("a3", Inner("Create", Comment(2, "https://lemmy.test/post/unknown")));
        Assert.Equal(1, Find(PageId)!.RepliesCount);
        Assert.Null(Find("https://lemmy.test/comment/2"));
        Assert.Single(Home());
        Assert.Empty(Told());
    }

    [Fact]
    public async Task A_post_that_names_the_group_is_delivered_to_it_with_its_audience()
    {
        await Follow(cows);
        cows.Received.Clear();
        await Post("Moo! @cows@lemmy.test");
        await Post("Not for all @cows@lemmy.test", Visibility.Private);
        await Fediverse.Settle();
        var (create, quiet) = (cows.Received[0], cows.Received[1]);
        foreach (var document in new[] { create, create.GetProperty("object") })
        {
            Assert.Equal(cows.Actor, document.GetProperty("audience").GetString());
            Assert.Contains(document.GetProperty("cc").EnumerateArray(), to => to.GetString() == cows.Actor);
        }
        Assert.False(quiet.TryGetProperty("audience", out _));
        Assert.False(quiet.GetProperty("object").TryGetProperty("audience", out _));
    }

    [Theory]
    [InlineData(Visibility.Public, true)]
    [InlineData(Visibility.Unlisted, true)]
    [InlineData(Visibility.Private, false)]
    [InlineData(Visibility.Direct, false)]
    public async Task An_answer_in_a_thread_of_the_group_is_addressed_to_it_unless_it_is_private(Visibility visibility, bool addressed)
    {
        await Follow(cows);
        await Announce("a1", Inner("Create", Page("x")));
        cows.Serve("https://lemmy.test/comment/1", Comment(1, PageId));
        await Announce("a2", Inner("Create", Comment(1, PageId)));
        cows.Received.Clear();
        var posting = Alice.Get<Calf.Federation.Outbox.Posting>();
        var answer = await posting.Post(new("@ann@lemmy.test moo", visibility, InReplyToId: Find("https://lemmy.test/comment/1")!.Id));
        var further = await posting.Post(new("and more", visibility, InReplyToId: answer.Id));
        await Fediverse.Settle();
        foreach (var post in new[] { answer, further })
        {
            var sent = cows.Received.Where(a => a.GetProperty("type").ValueEquals("Create") && a.GetProperty("object").GetProperty("id").ValueEquals(post.Uri)).ToList();
            Assert.Equal(addressed, sent.Exists(a => a.GetRawText().Contains($"\"audience\":\"{cows.Actor}\"", StringComparison.Ordinal)));
            Assert.Equal(addressed, sent.Exists(a => a.GetProperty("cc").EnumerateArray().Any(to => to.ValueEquals(cows.Actor))));
            // It is no mention: nobody is named who was not named by hand.
            Assert.All(sent, a => Assert.DoesNotContain(a.GetProperty("object").GetProperty("tag").EnumerateArray(), tag => tag.GetRawText().Contains("cows", StringComparison.Ordinal)));
        }
        if (!addressed) return;
        Fediverse.Time.Advance(TimeSpan.FromMinutes(1));
        await Alice.Get<Calf.Federation.Outbox.Editing>().Edit(further.Id, new Calf.Federation.Outbox.StatusChange("and yet more"));
        await Alice.Get<Calf.Federation.Outbox.Deleting>().Delete(further.Id);
        await Fediverse.Settle();
        Assert.Equal(["Update", "Delete"], cows.Received.Select(a => a.GetProperty("type").GetString()).TakeLast(2));
    }

    [Fact]
    public async Task An_answer_elsewhere_or_under_a_group_that_is_not_followed_is_not_addressed_to_it()
    {
        await Follow(cows);
        await Announce("a1", Inner("Create", Page("x")));
        await Create("n1", "elsewhere", $"\"{Public}\",\"{Alice.Owner.Uri}\"");
        var group = Alice.Database.Read(c => Calf.Accounts.AccountStore.FindByUri(c, cows.Actor))!;
        var posting = Alice.Get<Calf.Federation.Outbox.Posting>();
        cows.Received.Clear();
        await posting.Post(new("moo", Visibility.Public, InReplyToId: Find($"{Rae.Actor}/n1")!.Id));
        await Fediverse.Settle();
        Assert.Empty(cows.Received);
        await Alice.Get<Calf.Federation.Outbox.Following>().Unfollow(group.Id);
        await posting.Post(new("moo", Visibility.Public, InReplyToId: Find(PageId)!.Id));
        await Fediverse.Settle();
        Assert.DoesNotContain(cows.Received, a => a.GetRawText().Contains("\"audience\"", StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_own_post_that_the_group_announces_is_told_as_a_boost()
    {
        await Follow(cows);
        var post = await Post("Moo! @cows@lemmy.test");
        await Announce("a1", $$"""{"id":"https://lemmy.test/activities/1","type":"Create","actor":"{{Alice.Owner.Uri}}","object":"{{post.Uri}}"}""");
        Assert.Equal(Calf.Notifications.NotificationTypes.Boost, Assert.Single(Told()).Type);
        Assert.Equal(1, Find(post.Uri)!.BoostsCount);
    }

    [Fact]
    public async Task A_community_is_found_by_its_name_with_an_exclamation_mark()
    {
        await Follow(cows);
        Assert.Equal(cows.Actor, Alice.Get<RemoteAccounts>().FindKnown("!cows@lemmy.test")?.Uri);
    }

    [Fact]
    public async Task A_group_that_is_looked_at_shows_its_latest_posts()
    {
        var outbox = $"{cows.Actor}/outbox";
        cows.Serve(outbox, $$"""
            {"id":"{{outbox}}","type":"OrderedCollection","orderedItems":[
             {"id":"https://lemmy.test/activities/announce/1","type":"Announce","actor":"{{cows.Actor}}","to":["{{Public}}"],"object":{{Inner("Create", Page("forged"))}} },
             {"id":"https://elsewhere.test/2","type":"Announce","actor":"{{cows.Actor}}","to":["{{Public}}"],"object":"https://elsewhere.test/post"}, 7]}
            """);
        var group = (await Alice.Get<RemoteAccounts>().Fetch(cows.Actor, CancellationToken.None)).Account!;
        for (var look = 0; look < 2; look++) await Alice.Get<RemoteOutbox>().FetchLatest(group, CancellationToken.None);
        var shown = Alice.Database.Read(c => StatusStore.FindInOrder(c, TimelineStore.OfAccount(c, group.Id, null, new AccountTimeline(), new Paging(10))));
        Assert.Equal(Find(PageId)!.Id, Assert.Single(shown).BoostOfId);
        Assert.Contains("true", Find(PageId)!.Content);
        Assert.Empty(Home());
        Assert.Single(Fediverse.Requests, r => r.EndsWith("/outbox", StringComparison.Ordinal));
        Assert.DoesNotContain(Fediverse.Requests, r => r.Contains("elsewhere", StringComparison.Ordinal));
    }

    private Task Announce(string id, string inner) => Send(cows, id, "Announce", inner, $",\"to\":[\"{Public}\"]");

    private static string Inner(string verb, string about) =>
        $$"""{"id":"https://lemmy.test/activities/{{verb}}/{{Guid.NewGuid()}}","type":"{{verb}}","actor":"{{Member}}","object":{{about}},"audience":"https://lemmy.test/users/cows"}""";

    private static string Page(string text, string? updated = null) => $$"""
        {"id":"{{PageId}}","type":"Page","attributedTo":"{{Member}}","to":["https://lemmy.test/users/cows","{{Public}}"],"name":"On grass","content":"<p>{{text}}</p>",
         "audience":"https://lemmy.test/users/cows","published":"2026-10-30T10:00:00Z"{{(updated is null ? "" : $",\"updated\":\"{updated}\"")}} }
        """;

    private static string Comment(int n, string parent) =>
        $$"""{"id":"https://lemmy.test/comment/{{n}}","type":"Note","attributedTo":"{{Member}}","to":["{{Public}}"],"content":"<p>moo</p>","inReplyTo":"{{parent}}"}""";

    private List<Status> Home() => Alice.Database.Read(c => StatusStore.FindInOrder(c, TimelineStore.Home(c, new Paging(40))));
}
