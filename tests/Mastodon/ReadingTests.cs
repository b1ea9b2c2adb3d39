using System.Text.Json;
using Calf.Accounts;
using Calf.Follows;
using Calf.Interactions;
using Calf.Media;
using Calf.Moderation;
using Calf.Notifications;
using Calf.Statuses;
using Calf.Store;

namespace Calf.Tests.Mastodon;

public sealed class ReadingTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(2, "bob");
        await api.AddPerson(3, "cid");
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Home_goes_back_to_its_first_post_each_once()
    {
        const int Posts = 2_000;
        await api.AddPerson(20, "long");
        await api.Database.Write(c =>
        {
            c.Execute($"""
                WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < {(long)Posts})
                INSERT INTO statuses (id, uri, url, account_id, type, visibility, created_at) SELECT 100000 + i, 'https://far.test/n/' || i, 'https://far.test/@long/' || i, 20, 'Note', 0, 0 FROM n
                """);
            c.Execute($"INSERT INTO home (status_id) SELECT id FROM statuses WHERE account_id = 20");
        });
        var seen = new List<string>();
        for (var page = ApiFixture.IdsOf(await api.Get("/api/v1/timelines/home?limit=40")); page.Count > 0; page = ApiFixture.IdsOf(await api.Get($"/api/v1/timelines/home?limit=40&max_id={page[^1]}")))
            seen.AddRange(page);
        Assert.Equal(Enumerable.Range(100_001, Posts).Reverse().Select(id => id.ToString(System.Globalization.CultureInfo.InvariantCulture)), seen.Where(id => id.Length == 6));
        Assert.Equal(seen.Count, seen.Distinct().Count());
    }

    [Fact]
    public async Task Home_is_paged_with_links()
    {
        for (var id = 101; id <= 105; id++) await api.AddStatus(id, 2);
        using var client = api.Client();
        using var response = await client.GetAsync("/api/v1/timelines/home?limit=2&max_id=105", Cancel);
        Assert.Equal(
            "<https://calf.test/api/v1/timelines/home?limit=2&max_id=103>; rel=\"next\", <https://calf.test/api/v1/timelines/home?limit=2&min_id=104>; rel=\"prev\"",
            response.Headers.GetValues("Link").Single());
        Assert.Equal(["102", "101"], ApiFixture.IdsOf(await api.Get("/api/v1/timelines/home?limit=2&max_id=103")));
        Assert.Equal(["103", "102"], ApiFixture.IdsOf(await api.Get("/api/v1/timelines/home?limit=2&min_id=101")));
        Assert.Equal(["105", "104"], ApiFixture.IdsOf(await api.Get("/api/v1/timelines/home?limit=2&since_id=101")));
        Assert.Equal(5, (await api.Get("/api/v1/timelines/home?limit=0&max_id=nonsense&limit=99")).GetArrayLength());
    }

    [Fact]
    public async Task A_status_shows_all_its_parts_and_what_the_owner_did()
    {
        await Furnished();
        var status = await api.Get("/api/v1/statuses/200");
        Assert.Equal("bob@far.test", status.GetProperty("account").GetProperty("acct").GetString());
        Assert.Equal("ann", status.GetProperty("mentions")[0].GetProperty("acct").GetString());
        Assert.Equal(1, status.GetProperty("mentions").GetArrayLength());
        Assert.Equal("https://calf.test/tags/cows", status.GetProperty("tags")[0].GetProperty("url").GetString());
        var picture = status.GetProperty("media_attachments")[0];
        Assert.Equal("https://far.test/cow.jpg", picture.GetProperty("remote_url").GetString());
        Assert.Equal(api.Get<RemoteMediaUrls>().Of("https://far.test/cow.jpg", RemoteShape.Original), picture.GetProperty("url").GetString());
        Assert.Equal(api.Get<RemoteMediaUrls>().Of("https://far.test/cow.jpg", RemoteShape.Preview), picture.GetProperty("preview_url").GetString());
        Assert.Equal(3, status.GetProperty("poll").GetProperty("votes_count").GetInt32());
        Assert.True(status.GetProperty("favourited").GetBoolean());
        Assert.True(status.GetProperty("bookmarked").GetBoolean());
        Assert.False(status.GetProperty("reblogged").GetBoolean());
        Assert.False(status.TryGetProperty("pinned", out _));
        Assert.Equal(JsonValueKind.Null, status.GetProperty("reblog").ValueKind);
    }

    [Fact]
    public async Task A_stranger_is_told_nothing_of_the_owner()
    {
        await Furnished();
        var status = await api.Get("/api/v1/statuses/200", token: null);
        foreach (var member in (string[])["favourited", "bookmarked", "reblogged", "muted", "pinned", "filtered"])
            Assert.False(status.TryGetProperty(member, out _), member);
    }

    [Fact]
    public async Task A_page_costs_the_same_number_of_statements_however_long()
    {
        await Furnished();
        for (var id = 301; id <= 340; id++)
        {
            await api.AddPerson(1000 + id, $"p{id}");
            await api.AddStatus(id, 1000 + id, s => s with { BoostOfId = s.Id % 5 == 0 ? 200 : null });
        }
        var rendering = api.Get<Calf.Mastodon.Entities.StatusRendering>();
        var few = Count(c => rendering.RenderIds(c, [200, 301], byOwner: true));
        var many = Count(c => rendering.RenderIds(c, [200, .. Enumerable.Range(301, 40).Select(id => (long)id)], byOwner: true));
        Assert.Equal(few, many);
        Assert.InRange(many, 1, 20);
    }

    [Fact]
    public async Task Posts_for_others_are_not_found()
    {
        await api.AddStatus(200, 2, s => s with { Visibility = Visibility.Private });
        await api.AddStatus(201, 2, s => s with { Visibility = Visibility.Direct });
        await api.AddStatus(202, 1, s => s with { Visibility = Visibility.Private });
        await api.Get("/api/v1/statuses/200", status: 404);
        await api.Get("/api/v1/statuses/201", status: 404);
        await api.Get("/api/v1/statuses/202", token: null, status: 404);
        Assert.Empty((await api.Get("/api/v1/statuses?id[]=200&id[]=201&id[]=x&id[]=999")).EnumerateArray());
        Assert.Empty((await api.Get("/api/v1/accounts/2/statuses")).EnumerateArray());
        await api.Database.Write(c => FollowStore.Save(c, new Follow(1, 2, "https://calf.test/f", true, true, false, api.Clock.GetUtcNow())));
        Assert.Equal(["200"], ApiFixture.IdsOf(await api.Get("/api/v1/accounts/2/statuses")));
        await api.Get("/api/v1/statuses/200");
        await api.Get("/api/v1/statuses/202");
    }

    [Fact]
    public async Task A_thread_has_what_is_above_and_below_and_hides_what_is_private()
    {
        await api.AddStatus(200, 2);
        await api.AddStatus(201, 3, s => s with { InReplyToId = 200, InReplyToUri = "https://far.test/statuses/200" });
        await api.AddStatus(202, 2, s => s with { InReplyToId = 201, InReplyToUri = "https://far.test/statuses/201" });
        await api.AddStatus(203, 3, s => s with { InReplyToId = 201, InReplyToUri = "https://far.test/statuses/201", Visibility = Visibility.Direct });
        var context = await api.Get("/api/v1/statuses/201/context");
        Assert.Equal(["200"], ApiFixture.IdsOf(context.GetProperty("ancestors")));
        Assert.Equal(["202"], ApiFixture.IdsOf(context.GetProperty("descendants")));
    }

    [Fact]
    public async Task The_owner_is_described_with_what_they_typed()
    {
        await api.Database.Write(c => AccountStore.Save(c, api.Person(1, "ann", "") with { NoteSource = "*Hi*", Note = "<p><em>Hi</em></p>" }));
        var account = await api.Get("/api/v1/accounts/verify_credentials");
        Assert.Equal("*Hi*", account.GetProperty("source").GetProperty("note").GetString());
        Assert.Equal("x.test", account.GetProperty("source").GetProperty("fields")[0].GetProperty("value").GetString());
        Assert.EndsWith("/headers/original/missing.png", account.GetProperty("header").GetString());
        var seen = await api.Get("/api/v1/accounts/1", token: null);
        Assert.False(seen.TryGetProperty("source", out _));
        Assert.False(seen.TryGetProperty("role", out _));
    }

    [Fact]
    public async Task Relationships_are_told_both_ways()
    {
        await api.Database.Write(c =>
        {
            FollowStore.Save(c, new Follow(1, 2, "https://calf.test/f", true, false, true, api.Clock.GetUtcNow()));
            FollowStore.Save(c, new Follow(3, 1, "https://far.test/f", false, true, false, api.Clock.GetUtcNow()));
            MuteStore.Save(c, new Mute(2, true, null), api.Clock.GetUtcNow());
        });
        var relations = await api.Get("/api/v1/accounts/relationships?id[]=2&id[]=3&id[]=404");
        Assert.Equal(["2", "3"], ApiFixture.IdsOf(relations));
        Assert.True(relations[0].GetProperty("following").GetBoolean());
        Assert.False(relations[0].GetProperty("showing_reblogs").GetBoolean());
        Assert.True(relations[0].GetProperty("muting_notifications").GetBoolean());
        Assert.True(relations[1].GetProperty("requested_by").GetBoolean());
        Assert.False(relations[1].GetProperty("followed_by").GetBoolean());
        Assert.Equal(["3"], ApiFixture.IdsOf(await api.Get("/api/v1/follow_requests")));
        Assert.Equal(["2"], ApiFixture.IdsOf(await api.Get("/api/v1/mutes")));
        Assert.Equal(["2"], ApiFixture.IdsOf(await api.Get("/api/v1/accounts/1/following")));
        Assert.Empty((await api.Get("/api/v1/accounts/1/followers")).EnumerateArray());
    }

    [Fact]
    public async Task Notifications_come_alone_and_in_groups()
    {
        await api.AddStatus(200, 1);
        await api.Database.Write(c =>
        {
            NotificationStore.Add(c, NotificationTypes.Favourite, 2, 200, api.Clock.GetUtcNow());
            NotificationStore.Add(c, NotificationTypes.Favourite, 3, 200, api.Clock.GetUtcNow());
            NotificationStore.Add(c, NotificationTypes.Mention, 3, 200, api.Clock.GetUtcNow().AddSeconds(1));
        });
        var alone = await api.Get("/api/v1/notifications");
        Assert.Equal(["mention", "favourite", "favourite"], alone.EnumerateArray().Select(n => n.GetProperty("type").GetString()));
        Assert.Equal(2, (await api.Get("/api/v1/notifications?exclude_types[]=mention")).GetArrayLength());
        Assert.Equal(3, (await api.Get("/api/v1/notifications/unread_count")).GetProperty("count").GetInt32());

        var grouped = await api.Get("/api/v2/notifications?limit=2");
        var groups = grouped.GetProperty("notification_groups");
        Assert.Equal(2, groups.GetArrayLength());
        Assert.Equal(2, groups[1].GetProperty("notifications_count").GetInt32());
        Assert.Equal(2, groups[1].GetProperty("sample_account_ids").GetArrayLength());
        var key = groups[1].GetProperty("group_key").GetString();
        Assert.Equal(["3", "2"], ApiFixture.IdsOf(await api.Get($"/api/v2/notifications/{key}/accounts")));
        await api.Get($"/api/v2/notifications/{key}");
        await api.Post($"/api/v2/notifications/{key}/dismiss");
        Assert.Equal(["mention"], (await api.Get("/api/v1/notifications")).EnumerateArray().Select(n => n.GetProperty("type").GetString()));
        await api.Get("/api/v2/notifications/favourite-200-99999999999999999", status: 404);
        await api.Post("/api/v1/notifications/clear");
        Assert.Empty((await api.Get("/api/v1/notifications")).EnumerateArray());
    }

    [Fact]
    public async Task Markers_are_kept()
    {
        var marked = await api.Post("/api/v1/markers", """{"home":{"last_read_id":"103"}}""");
        Assert.Equal("103", marked.GetProperty("home").GetProperty("last_read_id").GetString());
        await api.Post("/api/v1/markers", new[] { ("notifications[last_read_id]", "7") });
        var read = await api.Get("/api/v1/markers?timeline[]=home&timeline[]=notifications");
        Assert.Equal(1, read.GetProperty("home").GetProperty("version").GetInt32());
        Assert.Equal("7", read.GetProperty("notifications").GetProperty("last_read_id").GetString());
        Assert.Empty((await api.Get("/api/v1/markers")).EnumerateObject());
    }

    [Fact]
    public async Task The_instance_tells_limits_that_hold()
    {
        var instance = await api.Get("/api/v2/instance", token: null);
        Assert.Equal(5000, instance.GetProperty("configuration").GetProperty("statuses").GetProperty("max_characters").GetInt32());
        Assert.Equal("ann", instance.GetProperty("contact").GetProperty("account").GetProperty("acct").GetString());
        var before = await api.Get("/api/v1/instance", token: null);
        Assert.Equal("wss://calf.test", before.GetProperty("urls").GetProperty("streaming_api").GetString());
        Assert.Empty((await api.Get("/api/v1/custom_emojis", token: null)).EnumerateArray());
    }

    [Fact]
    public async Task Public_and_hashtag_timelines_show_strangers_the_owners_posts_only()
    {
        await api.AddStatus(200, 2);
        await api.AddStatus(201, 1);
        await api.Database.Write(c =>
        {
            StatusParts.AddTags(c, 200, ["cows"]);
            StatusParts.AddTags(c, 201, ["Cows"]);
        });
        Assert.Equal(["201", "200"], ApiFixture.IdsOf(await api.Get("/api/v1/timelines/public")));
        Assert.Equal(["200"], ApiFixture.IdsOf(await api.Get("/api/v1/timelines/public?remote=true")));
        Assert.Equal(["201", "200"], ApiFixture.IdsOf(await api.Get("/api/v1/timelines/tag/COWS")));
        Assert.Equal(["201"], ApiFixture.IdsOf(await api.Get("/api/v1/timelines/public?local=true", token: null)));
        Assert.Equal(["201"], ApiFixture.IdsOf(await api.Get("/api/v1/timelines/tag/cows?local=1", token: null)));
        await api.Get("/api/v1/timelines/public", token: null, status: 401);
        await api.Get("/api/v1/timelines/tag/cows", token: null, status: 401);
    }

    [Fact]
    [Trait("Wire", "078")]
    public async Task A_link_that_a_post_is_about_is_its_card()
    {
        await Furnished();
        var card = (await api.Get("/api/v1/statuses/200")).GetProperty("card");
        Assert.Equal(("https://news.test/cows", "Cows", "They swim", "news.test", api.Get<RemoteMediaUrls>().Of("https://news.test/cow.jpg", RemoteShape.Preview)), (card.GetProperty("url").GetString(), card.GetProperty("title").GetString(),
            card.GetProperty("description").GetString(), card.GetProperty("provider_name").GetString(), card.GetProperty("image").GetString()));
        await api.AddStatus(201, 2);
        Assert.Equal(System.Text.Json.JsonValueKind.Null, (await api.Get("/api/v1/statuses/201")).GetProperty("card").ValueKind);
    }

    private async Task Furnished()
    {
        await api.AddStatus(200, 2, s => s with { Type = "Question", Language = "en" });
        await api.Database.Write(c =>
        {
            StatusParts.AddMentions(c, 200, [(1, false), (3, true)]);
            StatusParts.AddTags(c, 200, ["cows"]);
            StatusParts.AddAttachments(c, 200, [new Attachment(9, "image", "image/jpeg", "https://far.test/cow.jpg", "A cow", null, 640, 480, 0.5, -0.25)]);
            CardStore.Set(c, 200, new Card("https://news.test/cows", "Cows", "They swim", "https://news.test/cow.jpg"));
            PollStore.Set(c, 200, new Poll([new PollOption("Hay", 1), new PollOption("Grass", 2)], false, api.Clock.GetUtcNow().AddDays(1), null, 3));
            FavouriteStore.Add(c, 200, 1, "https://calf.test/like", api.Clock.GetUtcNow());
            BookmarkStore.Add(c, 200, api.Clock.GetUtcNow());
        });
    }

    private long Count(Func<Connection, object> work) => api.Database.Read(c =>
    {
        var before = c.Statements;
        work(c);
        return c.Statements - before;
    });
}
