using System.Globalization;
using Calf.Accounts;
using Calf.Follows;
using Calf.Interactions;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Tests.Mastodon;

public sealed class SearchApiTests : IAsyncLifetime
{
    private const long Bob = 2;
    private const long Zoe = 3;

    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.Database.Write(c =>
        {
            AccountStore.Save(c, api.Person(Bob, "bob", "far.test") with { Indexable = true, Discoverable = true });
            AccountStore.Save(c, api.Person(Zoe, "zoe", "far.test"));
        });
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Own_posts_are_found_at_once_as_they_are_edited_and_deleted()
    {
        var id = (await api.Post("/api/v1/statuses", """{"status":"The **Kühe** are home #Meadow","spoiler_text":"Cattle","visibility":"direct"}""")).GetProperty("id").GetString()!;
        foreach (var query in new[] { "kuhe", "KÜHE", "cattle", "%23meadow", "%22are home%22", "kühe -goats" }) Assert.Equal([id], await Statuses(query));
        foreach (var query in new[] { "goats", "kuhe -home", "%22home are%22", "kuh", "strong", "%23meadows" }) Assert.Empty(await Statuses(query));
        await api.Send(HttpMethod.Put, $"/api/v1/statuses/{id}", ApiFixture.Content("""{"status":"The goats are home"}"""));
        Assert.Equal([id], await Statuses("goats"));
        Assert.Empty(await Statuses("kuhe"));
        Assert.Empty(await Statuses("%23meadow"));
        await api.Send(HttpMethod.Delete, $"/api/v1/statuses/{id}", null);
        Assert.Empty(await Statuses("goats"));
    }

    [Fact]
    public async Task What_the_owner_had_nothing_to_do_with_is_found_only_if_it_is_public_and_its_author_lets_it_be()
    {
        await Say(100, Bob, "milk public");
        await Say(101, Bob, "milk unlisted", s => s with { Visibility = Visibility.Unlisted });
        await Say(102, Bob, "milk private", s => s with { Visibility = Visibility.Private });
        await Say(103, Bob, "milk direct", s => s with { Visibility = Visibility.Direct });
        await Say(104, Zoe, "milk of one who is not indexable");
        await Follow(Bob);
        await Follow(Zoe);
        Assert.Equal(["100"], await Statuses("milk"));
        Assert.Equal(["100"], await Statuses("milk in:public"));
        Assert.Empty(await Statuses("milk in:library"));
        await api.Database.Write(c => AccountStore.Save(c, api.Person(Zoe, "zoe", "far.test") with { Indexable = true }));
        Assert.Equal(["104", "100"], await Statuses("milk"));
        await api.Database.Write(c => AccountStore.Save(c, api.Person(Bob, "bob", "far.test")));
        Assert.Equal(["104"], await Statuses("milk"));
        await api.Database.Write(c => StatusParts.AddMentions(c, 103, [(ApiFixture.OwnerId, true)]));
        await api.Database.Write(c => StatusParts.AddMentions(c, 102, [(ApiFixture.OwnerId, false)]));
        Assert.Equal(["104", "103", "102"], await Statuses("milk in:all"));
    }

    [Fact]
    public async Task The_library_is_what_the_owner_kept_and_nothing_longer()
    {
        for (var id = 100; id < 105; id++) await Say(id, Zoe, "milk");
        var now = api.Clock.GetUtcNow();
        await api.Database.Write(c =>
        {
            FavouriteStore.Add(c, 100, ApiFixture.OwnerId, "https://calf.test/like", now);
            BookmarkStore.Add(c, 101, now);
            PollStore.Set(c, 102, new Poll([new("Oats", 1), new("Hay", 0)], false, null, null, null));
            PollVoteStore.Add(c, new PollVote(102, ApiFixture.OwnerId, 0, "https://calf.test/vote", now));
            FavouriteStore.Add(c, 104, Bob, "https://far.test/like", now);
        });
        await api.AddStatus(200, ApiFixture.OwnerId, s => s with { Type = "Announce", BoostOfId = 103 });
        Assert.Equal(["103", "102", "101", "100"], await Statuses("milk in:library"));
        Assert.Equal(["102"], await Statuses("oats"));
        await api.Database.Write(c =>
        {
            FavouriteStore.Remove(c, 100, ApiFixture.OwnerId);
            BookmarkStore.Remove(c, 101);
            StatusStore.Remove(c, StatusStore.Find(c, 200)!);
        });
        Assert.Equal(["102"], await Statuses("milk"));
    }

    [Fact]
    public async Task A_private_post_in_the_library_is_not_shown_after_the_unfollowing()
    {
        await Follow(Zoe);
        await Say(100, Zoe, "milk", s => s with { Visibility = Visibility.Private });
        await api.Database.Write(c => BookmarkStore.Add(c, 100, api.Clock.GetUtcNow()));
        Assert.Equal(["100"], await Statuses("milk"));
        await api.Database.Write(c => FollowStore.Remove(c, ApiFixture.OwnerId, Zoe));
        Assert.Empty(await Statuses("milk"));
    }

    [Fact]
    public async Task Blocked_and_muted_authors_are_not_found()
    {
        await Say(100, Bob, "milk");
        Assert.Equal(["100"], await Statuses("milk"));
        await api.Post("/api/v1/accounts/2/mute");
        Assert.Empty(await Statuses("milk"));
        await api.Post("/api/v1/accounts/2/unmute");
        Assert.Equal(["100"], await Statuses("milk"));
        await api.Database.Write(c => BlockStore.Add(c, Bob, ApiFixture.OwnerId, "https://far.test/block", api.Clock.GetUtcNow()));
        Assert.Empty(await Statuses("milk"));
    }

    [Theory]
    [InlineData("milk from:bob@far.test", "103 102 101 100")]
    [InlineData("milk from:@bob@far.test -has:media", "103 102")]
    [InlineData("milk from:me", "300")]
    [InlineData("from:ann", "300")]
    [InlineData("from:ann@calf.test", "300")]
    [InlineData("milk -from:me -from:bob@far.test", "")]
    [InlineData("milk from:nobody@far.test", "")]
    [InlineData("milk -from:nobody@far.test has:link", "102")]
    [InlineData("has:image", "100")]
    [InlineData("has:video", "101")]
    [InlineData("has:audio", "")]
    [InlineData("has:poll", "103")]
    [InlineData("has:wings", "")]
    [InlineData("udder", "100")]
    [InlineData("is:reply", "101")]
    [InlineData("is:sensitive", "102")]
    [InlineData("is:quote", "103")]
    [InlineData("milk language:de", "100")]
    [InlineData("milk language:pt", "101")]
    [InlineData("milk language:pt-BR", "101")]
    [InlineData("milk -language:de from:bob@far.test", "103 102 101")]
    [InlineData("whey", "103")]
    [InlineData("#dairy", "101")]
    [InlineData("milk -#dairy has:media", "100")]
    [InlineData("@ann@calf.test milk", "102")]
    [InlineData("京都", "300")]
    [InlineData("東京", "300")]
    [InlineData("都", "300")]
    [InlineData("東都", "")]
    [InlineData("nothing:here", "")]
    public async Task Operators_narrow_what_is_found(string query, string ids)
    {
        await Say(100, Bob, "milk", s => s with { Language = "de" });
        await Say(101, Bob, "milk", s => s with { Language = "pt-BR", InReplyToUri = "https://far.test/gone" });
        await Say(102, Bob, "milk", s => s with { Sensitive = true });
        await Say(103, Bob, "milk", s => s with { QuoteUri = "https://far.test/quoted" });
        await Say(300, ApiFixture.OwnerId, "milk 東京都");
        await api.Database.Write(c =>
        {
            StatusParts.AddAttachments(c, 100, [new Attachment(1, "image", "image/png", "https://far.test/a.png", "An udder", null, null, null, null, null)]);
            StatusParts.AddAttachments(c, 101, [new Attachment(2, "video", "video/mp4", "https://far.test/a.mp4", "", null, null, null, null, null)]);
            StatusParts.AddTags(c, 101, ["Dairy"]);
            StatusParts.AddMentions(c, 102, [(ApiFixture.OwnerId, false)]);
            CardStore.Set(c, 102, new Card("https://x.test/", "X", "", null));
            PollStore.Set(c, 103, new Poll([new("Whey", 0), new("Curd", 0)], false, null, null, null));
        });
        Assert.Equal(ids.Split(' ', StringSplitOptions.RemoveEmptyEntries), await Statuses(Uri.EscapeDataString(query)));
    }

    [Fact]
    public async Task Dates_are_days_in_UTC()
    {
        var noon = new DateTimeOffset(2026, 3, 10, 12, 0, 0, TimeSpan.Zero);
        var ids = new List<string>();
        for (var day = 0; day < 3; day++)
        {
            var written = noon.AddDays(day);
            var status = new Status { Id = Ids.At(written), Uri = $"https://far.test/day/{day}", Url = $"https://far.test/@bob/{day}", AccountId = Bob, Content = "<p>milk</p>", CreatedAt = written };
            ids.Add((await api.Database.Write(c => StatusStore.Add(c, status))).Id.ToString(CultureInfo.InvariantCulture));
        }
        Assert.Equal([ids[0]], await Statuses("milk before:2026-03-11"));
        Assert.Equal([ids[2]], await Statuses("milk after:2026-03-11"));
        Assert.Equal([ids[1]], await Statuses("during:2026-03-11"));
        Assert.Equal([ids[2], ids[0]], await Statuses("milk -during:2026-03-11"));
        Assert.Equal([ids[2], ids[1]], await Statuses("milk -before:2026-03-11"));
        Assert.Equal([ids[1], ids[0]], await Statuses("milk -after:2026-03-11"));
        Assert.Empty(await Statuses("milk before:2026-03-11 after:2026-03-11"));
    }

    [Fact]
    public async Task Statuses_are_paged_by_id_and_by_offset()
    {
        for (var id = 100; id < 106; id++) await Say(id, Bob, "milk");
        await Say(106, ApiFixture.OwnerId, "milk");
        Assert.Equal(["106", "105"], await Statuses("milk&limit=2"));
        Assert.Equal(["104", "103"], await Statuses("milk&limit=2&offset=2"));
        Assert.Equal(["101", "100"], await Statuses("milk&max_id=102"));
        Assert.Equal(["106", "105", "104"], await Statuses("milk&min_id=103"));
        Assert.Equal(["106"], await Statuses("milk&account_id=1"));
        await api.Get("/api/v2/search?type=statuses&q=milk&account_id=999", status: 404);
        // Without a type the offset means nothing.
        Assert.Equal(["106"], ApiFixture.IdsOf((await api.Get("/api/v2/search?q=milk&limit=1&offset=3")).GetProperty("statuses")));
    }

    [Fact]
    public async Task Accounts_come_exact_then_followed_then_those_that_begin_so()
    {
        await api.Database.Write(c =>
        {
            void Save(long id, string name, string shown, long followers) =>
                AccountStore.Save(c, api.Person(id, name, "far.test") with { DisplayName = shown, FollowersCount = followers });
            Save(10, "cow", "Bella", 0);
            Save(11, "cowgirl", "Jess", 5);
            Save(12, "moo", "The cow of all", 50);
            Save(13, "friend", "Friendly Cow", 0);
            Save(14, "cowboy", "Bill", 9);
            Save(15, "goat", "Scowl", 99);
            Save(16, "tanaka", "田中牧場", 1);
        });
        await Follow(13);
        Assert.Equal(["10", "13", "14", "11", "12"], await Accounts("cow"));
        Assert.Equal(["13", "14"], await Accounts("cow&limit=2&offset=1"));
        Assert.Equal(["13"], await Accounts("cow&following=true"));
        Assert.Equal(["11"], await Accounts("cowgirl@far"));
        Assert.Equal(["10"], await Accounts("@cow@far.test&limit=1"));
        Assert.Equal(["16"], await Accounts("牧場"));
        Assert.Equal(["12"], await Accounts("all cow"));
        Assert.Equal(["1"], await Accounts("ann"));
        Assert.Empty(await Accounts(""));
        await api.Database.Write(c => FollowStore.Remove(c, ApiFixture.OwnerId, 13));
        Assert.Empty(await Accounts("cow&following=true"));
    }

    [Fact]
    public async Task Strangers_find_who_wants_to_be_found_and_no_statuses()
    {
        await Say(100, ApiFixture.OwnerId, "bob drinks milk");
        await Say(101, Bob, "secret", s => s with { Visibility = Visibility.Direct });
        await api.Database.Write(c =>
        {
            StatusParts.AddTags(c, 100, ["bobcats"]);
            StatusParts.AddTags(c, 101, ["bobsleigh"]);
        });
        await Accounts("bob");
        var found = await api.Get("/api/v2/search?q=bob", token: null);
        Assert.Equal(["2"], ApiFixture.IdsOf(found.GetProperty("accounts")));
        Assert.Empty(found.GetProperty("statuses").EnumerateArray());
        Assert.Equal(["bobcats"], found.GetProperty("hashtags").EnumerateArray().Select(t => t.GetProperty("name").GetString()));
        Assert.Empty((await api.Get("/api/v2/search?q=zoe", token: null)).GetProperty("accounts").EnumerateArray());
        Assert.Empty((await api.Get("/api/v2/search?q=bo", token: null)).GetProperty("accounts").EnumerateArray());
        Assert.Equal("Search queries pagination is not supported without authentication",
            (await api.Get("/api/v2/search?q=bob&type=accounts&offset=1", token: null, status: 401)).GetProperty("error").GetString());
        Assert.Equal("Search queries that resolve remote resources are not supported without authentication",
            (await api.Get("/api/v2/search?q=bob&resolve=true", token: null, status: 401)).GetProperty("error").GetString());
        await api.Get("/api/v1/accounts/search?q=bob", token: null, status: 401);
        await api.Get("/api/v2/search?q=bob", await api.TokenWith("read:statuses"), status: 403);
        await api.Get("/api/v2/search?q=%20", status: 400);
    }

    private Task<Status> Say(long id, long author, string text, Func<Status, Status>? adjust = null) =>
        api.AddStatus(id, author, s => (adjust?.Invoke(s) ?? s) with { Content = $"<p>{text}</p>" }, home: false);

    private Task Follow(long target) => api.Database.Write(c => FollowStore.Save(c, new Follow(
        ApiFixture.OwnerId, target, $"https://calf.test/follows/{target}", Accepted: true, ShowBoosts: true, Notify: false, api.Clock.GetUtcNow())));

    private async Task<List<string>> Statuses(string query) =>
        ApiFixture.IdsOf((await api.Get($"/api/v2/search?type=statuses&q={query}")).GetProperty("statuses"));

    private async Task<List<string>> Accounts(string query)
    {
        var ids = ApiFixture.IdsOf(await api.Get($"/api/v1/accounts/search?q={query}"));
        if (query.Length > 0 && !query.Contains("limit", StringComparison.Ordinal))
            Assert.Equal(ids, ApiFixture.IdsOf((await api.Get($"/api/v2/search?type=accounts&q={query}")).GetProperty("accounts")));
        return ids;
    }
}
