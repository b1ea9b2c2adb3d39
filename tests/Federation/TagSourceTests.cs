using System.Text.Json;
using Calf.Federation;
using Calf.Federation.Discovery;
using Calf.Federation.Outbox;
using Calf.Follows;
using Calf.Tests.Support;

namespace Calf.Tests.Federation;

/// <summary>Followed hashtags are looked for at servers that the owner chose, within what may come a day.</summary>
public sealed class TagSourceTests : RemoteWorld
{
    private StandIn big = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        big = new StandIn(Fediverse, "big.test", "big");
        await Alice.Get<TagSources>().Add("https://big.test/explore");
        await Alice.Get<Tagging>().Follow("cows");
    }

    [Fact]
    public async Task What_a_server_shows_of_a_followed_hashtag_is_fetched_from_its_own_server_and_goes_home()
    {
        Publish("n1", "#cows at dawn");
        Timeline("", ("11", $"{Rae.Actor}/n1"));
        Assert.Equal(1, await Look());
        var status = Find($"{Rae.Actor}/n1")!;
        Assert.Equal([status.Id], Home());
        Assert.Empty(Told());
        // Not again before its time, and then only what is newer.
        Assert.Equal(0, await Look());
        Publish("n2", "more #cows");
        Timeline("&since_id=11", ("12", $"{Rae.Actor}/n2"));
        Fediverse.Time.Advance(TagWorker.Every);
        Assert.Equal(1, await Look());
        Assert.Equal([Find($"{Rae.Actor}/n2")!.Id, status.Id], Home());
        Assert.Equal(2, Fediverse.Requests.Count(r => r.StartsWith("GET https://big.test/api/", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task What_a_timeline_claims_of_a_post_counts_for_nothing()
    {
        // It names a post that has no such hashtag, one that is not public, one that is nowhere, and no address at all.
        Rae.Serve($"{Rae.Actor}/plain", Note(Rae, "plain", "no hashtag"));
        Rae.Serve($"{Rae.Actor}/quiet", Note(Rae, "quiet", "#cows", Quote($"{Rae.Actor}/followers")));
        Timeline("", ("15", $"{Rae.Actor}/plain"), ("14", $"{Rae.Actor}/quiet"), ("13", $"{Rae.Actor}/nowhere"), ("12", "javascript:alert(1)"), ("11", "https://alice.test/users/alice/statuses/1"));
        await Look();
        Assert.Empty(Home());
        Assert.Empty(Told());
    }

    [Fact]
    public async Task No_more_come_a_day_than_the_owner_allows()
    {
        for (var n = 0; n < 5; n++) Publish($"n{n}", $"#cows {n}");
        Timeline("", [.. Enumerable.Range(0, 5).Select(n => ($"{n}", $"{Rae.Actor}/n{n}"))]);
        await Alice.Get<TagSources>().SetMost(3);
        Assert.Equal(3, await Look());
        Assert.Equal(3, Alice.Database.Read(c => DiscoveredStore.Today(c, Fediverse.Time.GetUtcNow())));
        Publish("n9", "#cows");
        Timeline("&since_id=0", ("20", $"{Rae.Actor}/n9"));
        Fediverse.Time.Advance(TagWorker.Every);
        Assert.Equal(0, await Look());
        Publish("n10", "#cows");
        Timeline("&since_id=20", ("21", $"{Rae.Actor}/n10"));
        Fediverse.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(1, await Look());
    }

    [Theory]
    [InlineData(System.Net.HttpStatusCode.Unauthorized, "big.test shows hashtags only to those who are signed in there.")]
    [InlineData(System.Net.HttpStatusCode.NotFound, "big.test has no timelines of hashtags.")]
    [InlineData(System.Net.HttpStatusCode.OK, "big.test answered with something that is no timeline.")]
    public async Task A_server_that_shows_none_is_said_to_and_asked_no_more_often(System.Net.HttpStatusCode code, string sentence)
    {
        big.Serve(Address(""), "{}", code, "application/json");
        Assert.Equal(0, await Look());
        Assert.Equal(sentence, Assert.Single(Alice.Database.Read(TagSourceStore.All)).Error);
        await Look();
        Assert.Single(Fediverse.Requests, r => r.StartsWith("GET https://big.test/api/", StringComparison.Ordinal));
        Timeline("");
        Fediverse.Time.Advance(TagWorker.Every);
        await Look();
        Assert.Equal("", Assert.Single(Alice.Database.Read(TagSourceStore.All)).Error);
    }

    [Fact]
    public async Task Blocked_servers_are_not_asked_and_only_other_servers_can_be_chosen()
    {
        await Alice.Get<DomainBlocking>().Block("big.test");
        await Look();
        Assert.DoesNotContain(Fediverse.Requests, r => r.StartsWith("GET https://big.test/api/", StringComparison.Ordinal));
        var sources = Alice.Get<TagSources>();
        await Assert.ThrowsAsync<ActionException>(() => sources.Add("big.test"));
        await Assert.ThrowsAsync<ActionException>(() => sources.Add("alice.test"));
        await Assert.ThrowsAsync<ActionException>(() => sources.Add("no domain"));
        for (var n = 1; n < TagSources.Max; n++) await sources.Add($"s{n}.test");
        await sources.Add("s1.test");
        await Assert.ThrowsAsync<ActionException>(() => sources.Add("one-more.test"));
        await sources.Remove("s1.test");
        await sources.Add("one-more.test");
        await Assert.ThrowsAsync<ActionException>(() => sources.Remove("s1.test"));
    }

    private Task<int> Look() => Alice.Get<TagWorker>().Step(TestContext.Current.CancellationToken);

    private void Publish(string id, string text) => Rae.Serve($"{Rae.Actor}/{id}",
        Note(Rae, id, text)[..^1] + $$""","published":"{{Fediverse.Time.GetUtcNow():O}}","tag":[{"type":"Hashtag","name":"#cows","href":"https://remote.test/tags/cows"}]}""");

    private void Timeline(string since, params (string Id, string Uri)[] posts) => big.Serve(Address(since),
        $"[{string.Join(',', posts.Select(p => $$"""{"id":"{{p.Id}}","uri":{{JsonSerializer.Serialize(p.Uri, TestJson.Default.String)}},"content":"<p>lies</p>"}"""))}]", type: "application/json");

    private static string Address(string since) => $"https://big.test/api/v1/timelines/tag/cows?limit={TagTimeline.MaxPosts}{since}";

    private List<long> Home() => Alice.Database.Read(c => c.Query($"SELECT status_id FROM home ORDER BY status_id DESC", r => r.Long()));
}
