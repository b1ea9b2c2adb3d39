using Calf.Moderation;
using Calf.Operations;
using Calf.Statuses;

namespace Calf.Tests.Mastodon;

/// <summary>Trends, and the timelines of links and of several hashtags.</summary>
public sealed class TrendsApiTests : IAsyncLifetime
{
    private const string Link = "https://news.test/cows";
    private ApiFixture api = null!;
    private long next;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        next = Calf.Store.Ids.FloorOf(api.Clock.GetUtcNow().AddHours(-2));
        foreach (var (id, name) in new[] { (2L, "bob"), (3L, "cid"), (4L, "dee") }) await api.AddPerson(id, name);
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task What_several_use_is_a_trend_the_most_used_first()
    {
        await Posted(2, tags: ["hay", "cows"], link: Link);
        await Posted(3, tags: ["hay", "cows"], link: Link);
        await Posted(4, tags: ["cows"]);
        // One account alone, however often, and what is not public.
        for (var i = 0; i < 3; i++) await Posted(2, tags: ["mine"], link: "https://mine.test/");
        foreach (var author in (long[])[2, 3]) await Posted(author, tags: ["secret"], visibility: Visibility.Unlisted);
        Assert.Empty((await api.Get("/api/v1/trends/tags")).EnumerateArray());
        await Step();

        var tags = await api.Get("/api/v1/trends/tags");
        Assert.Equal(["cows", "hay"], tags.EnumerateArray().Select(t => t.GetProperty("name").GetString()!));
        Assert.Equal("3", tags[0].GetProperty("history")[0].GetProperty("accounts").GetString());
        Assert.Equal("hay", Assert.Single((await api.Get("/api/v1/trends/tags?limit=1&offset=1")).EnumerateArray()).GetProperty("name").GetString());

        var link = Assert.Single((await api.Get("/api/v1/trends/links")).EnumerateArray());
        Assert.Equal((Link, "2", 7), (link.GetProperty("url").GetString(), link.GetProperty("history")[0].GetProperty("uses").GetString(), link.GetProperty("history").GetArrayLength()));
    }

    [Fact]
    public async Task It_goes_with_time_and_those_shut_out_do_not_count()
    {
        await Posted(2, tags: ["hay"]);
        await Posted(3, tags: ["hay"]);
        await api.Database.Write(c => MuteStore.Save(c, new Mute(3, Notifications: true, ExpiresAt: null), api.Clock.GetUtcNow()));
        await Step();
        Assert.Empty((await api.Get("/api/v1/trends/tags")).EnumerateArray());
        await Posted(4, tags: ["hay"]);
        await Step();
        Assert.Single((await api.Get("/api/v1/trends/tags")).EnumerateArray());
        api.Clock.Advance(TimeSpan.FromDays(4));
        await Step();
        Assert.Empty((await api.Get("/api/v1/trends/tags")).EnumerateArray());
    }

    [Fact]
    public async Task Posts_that_are_liked_are_trends_when_their_authors_want_to_be_found()
    {
        await api.Database.Write(c => c.Execute($"UPDATE accounts SET discoverable = 1 WHERE id IN (2, 3)"));
        var less = await Posted(2, adjust: s => s with { FavouritesCount = 2 });
        var more = await Posted(3, adjust: s => s with { FavouritesCount = 2, BoostsCount = 3 });
        await Posted(4, adjust: s => s with { FavouritesCount = 9 });
        await Posted(3, adjust: s => s with { FavouritesCount = 9, Sensitive = true });
        await Posted(3, adjust: s => s with { FavouritesCount = 9, InReplyToUri = "https://far.test/x" });
        await Posted(3, visibility: Visibility.Private, adjust: s => s with { FavouritesCount = 9 });
        await Step();
        Assert.Equal([more, less], ApiFixture.IdsOf(await api.Get("/api/v1/trends/statuses")));
        Assert.Equal([less], ApiFixture.IdsOf(await api.Get("/api/v1/trends/statuses?offset=1")));
    }

    [Theory]
    [InlineData("/api/v1/trends/tags")]
    [InlineData("/api/v1/trends/links")]
    [InlineData("/api/v1/trends/statuses")]
    [InlineData("/api/v1/timelines/link?url=https://news.test/cows")]
    public async Task A_stranger_is_not_told_what_the_owner_reads(string address) => await api.Get(address, token: null, status: 401);

    [Fact]
    public async Task The_posts_with_a_link_are_a_timeline()
    {
        var first = await Posted(2, link: Link);
        await Posted(2, link: Link, visibility: Visibility.Unlisted);
        await Posted(3, link: "https://other.test/");
        var second = await Posted(3, link: Link);
        var address = "/api/v1/timelines/link?url=" + Uri.EscapeDataString(Link);
        Assert.Equal([second, first], ApiFixture.IdsOf(await api.Get(address)));
        Assert.Equal([first], ApiFixture.IdsOf(await api.Get($"{address}&max_id={second}")));
        Assert.Equal([second], ApiFixture.IdsOf(await api.Get($"{address}&min_id={first}&limit=1")));
        await api.Get("/api/v1/timelines/link?url=https://nobody.test/", status: 404);
        await api.Get("/api/v1/timelines/link", status: 404);
    }

    [Fact]
    public async Task Hashtags_are_joined_demanded_and_left_out()
    {
        var cows = await Posted(2, tags: ["cows"]);
        var both = await Posted(2, tags: ["cows", "hay"]);
        var hay = await Posted(2, tags: ["hay"]);
        var all = await Posted(2, tags: ["cows", "hay", "barn"]);
        const string Root = "/api/v1/timelines/tag/cows?";
        Assert.Equal([all, both, cows], ApiFixture.IdsOf(await api.Get(Root)));
        Assert.Equal([all, hay, both, cows], ApiFixture.IdsOf(await api.Get(Root + "any[]=HAY")));
        Assert.Equal([all, hay], ApiFixture.IdsOf(await api.Get(Root + "any[]=hay&limit=2")));
        Assert.Equal([hay, both], ApiFixture.IdsOf(await api.Get(Root + $"any[]=hay&limit=2&min_id={cows}")));
        Assert.Equal([all, both], ApiFixture.IdsOf(await api.Get(Root + "all[]=hay")));
        Assert.Equal([all], ApiFixture.IdsOf(await api.Get(Root + "all[]=hay&all[]=barn")));
        Assert.Equal([cows], ApiFixture.IdsOf(await api.Get(Root + "none[]=hay")));
        Assert.Equal([both], ApiFixture.IdsOf(await api.Get(Root + "all[]=hay&none[]=barn&none[]=unknown")));
    }

    private Task Step() => api.Get<TrendsWorker>().Step();

    private async Task<string> Posted(long author, string[]? tags = null, string? link = null, Visibility visibility = Visibility.Public, Func<Status, Status>? adjust = null)
    {
        var status = await api.AddStatus(next += 1 << 16, author, s => (adjust?.Invoke(s) ?? s) with { Visibility = visibility });
        await api.Database.Write(c =>
        {
            StatusParts.AddTags(c, status.Id, tags ?? []);
            if (link is not null) CardStore.Set(c, status.Id, new Card(link, "Cows", "All about cows", null));
        });
        return status.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
    }
}
