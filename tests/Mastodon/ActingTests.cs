using System.Text.Json;
using Calf.Follows;
using Calf.Statuses;

namespace Calf.Tests.Mastodon;

public sealed class ActingTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(2, "bob");
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_post_is_written_edited_and_deleted()
    {
        var posted = await api.Post("/api/v1/statuses", new[] { ("status", "Hello *cows* #Hay"), ("visibility", "unlisted"), ("language", "en"), ("spoiler_text", "Farm") });
        var id = posted.GetProperty("id").GetString();
        Assert.Contains("<em>cows</em>", posted.GetProperty("content").GetString());
        Assert.Equal("unlisted", posted.GetProperty("visibility").GetString());
        Assert.True(posted.GetProperty("sensitive").GetBoolean());
        Assert.Equal("Tusky", posted.GetProperty("application").GetProperty("name").GetString());
        Assert.Equal([id!], ApiFixture.IdsOf(await api.Get("/api/v1/timelines/home")));

        var edited = await api.Send(HttpMethod.Put, $"/api/v1/statuses/{id}", ApiFixture.Content("""{"status":"Hello *pigs*","spoiler_text":""}"""));
        Assert.Equal(JsonValueKind.String, edited.GetProperty("edited_at").ValueKind);
        Assert.Equal("Hello *pigs*", (await api.Get($"/api/v1/statuses/{id}/source")).GetProperty("text").GetString());
        var history = await api.Get($"/api/v1/statuses/{id}/history");
        Assert.Equal(2, history.GetArrayLength());
        Assert.Contains("cows", history[0].GetProperty("content").GetString());

        var deleted = await api.Send(HttpMethod.Delete, $"/api/v1/statuses/{id}", null);
        Assert.Equal("Hello *pigs*", deleted.GetProperty("text").GetString());
        await api.Get($"/api/v1/statuses/{id}", status: 404);
        Assert.Empty((await api.Get("/api/v1/timelines/home")).EnumerateArray());
    }

    [Fact]
    public async Task A_repeated_key_posts_once()
    {
        using var client = api.Client();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "abc");
        var ids = new HashSet<string>();
        for (var i = 0; i < 2; i++)
        {
            using var response = await client.PostAsync("/api/v1/statuses", ApiFixture.Content("""{"status":"Once"}"""), TestContext.Current.CancellationToken);
            using var document = JsonDocument.Parse(await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
            ids.Add(document.RootElement.GetProperty("id").GetString()!);
        }
        Assert.Single(ids);
        Assert.Single((await api.Get("/api/v1/timelines/home")).EnumerateArray());
    }

    [Theory]
    [InlineData("""{"status":"[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[["}""", 422)]
    [InlineData("""{"status":""}""", 422)]
    [InlineData("""{"status":"x","visibility":"everyone"}""", 422)]
    [InlineData("""{"status":"x","media_ids":["1"]}""", 422)]
    [InlineData("""{"status":"x","in_reply_to_id":"999"}""", 404)]
    [InlineData("""{"status":"x","in_reply_to_id":"x"}""", 404)]
    public async Task What_cannot_be_posted_is_refused_and_nothing_is_stored(string body, int status)
    {
        await api.Post("/api/v1/statuses", body, status: status);
        Assert.Empty((await api.Get("/api/v1/timelines/home")).EnumerateArray());
    }

    [Fact]
    public async Task Marks_on_a_status_show_and_go()
    {
        await api.AddStatus(200, 2);
        foreach (var (verb, undo, member) in new[] { ("favourite", "unfavourite", "favourited"), ("bookmark", "unbookmark", "bookmarked") })
        {
            Assert.True((await api.Post($"/api/v1/statuses/200/{verb}")).GetProperty(member).GetBoolean());
            Assert.Equal(["200"], ApiFixture.IdsOf(await api.Get($"/api/v1/{verb}s")));
            Assert.False((await api.Post($"/api/v1/statuses/200/{undo}")).GetProperty(member).GetBoolean());
            Assert.Empty((await api.Get($"/api/v1/{verb}s")).EnumerateArray());
        }
        await api.Post("/api/v1/statuses/999/favourite", status: 404);
        await api.Post("/api/v1/statuses/200/pin", status: 422);
        await api.Post("/api/v1/statuses/200/favourite", token: await api.TokenWith("write:bookmarks"), status: 403);
    }

    [Fact]
    public async Task A_boost_wraps_the_post_and_can_be_taken_back()
    {
        await api.AddStatus(200, 2);
        var boost = await api.Post("/api/v1/statuses/200/reblog");
        Assert.Equal("200", boost.GetProperty("reblog").GetProperty("id").GetString());
        Assert.True(boost.GetProperty("reblogged").GetBoolean());
        Assert.Equal(["1"], ApiFixture.IdsOf(await api.Get("/api/v1/statuses/200/reblogged_by")));
        Assert.False((await api.Post("/api/v1/statuses/200/unreblog")).GetProperty("reblogged").GetBoolean());
        await api.Get($"/api/v1/statuses/{boost.GetProperty("id").GetString()}", status: 404);
    }

    [Fact]
    public async Task Pins_stand_on_the_profile()
    {
        var id = (await api.Post("/api/v1/statuses", """{"status":"Pinned"}""")).GetProperty("id").GetString()!;
        Assert.True((await api.Post($"/api/v1/statuses/{id}/pin")).GetProperty("pinned").GetBoolean());
        await api.Post("/api/v1/statuses", """{"status":"Not pinned"}""");
        Assert.Equal([id], ApiFixture.IdsOf(await api.Get("/api/v1/accounts/1/statuses?pinned=true")));
        Assert.False((await api.Post($"/api/v1/statuses/{id}/unpin")).GetProperty("pinned").GetBoolean());
    }

    [Fact]
    public async Task Accounts_are_followed_muted_and_blocked()
    {
        Assert.True((await api.Post("/api/v1/accounts/2/follow", """{"reblogs":false}""")).GetProperty("requested").GetBoolean());
        var muted = await api.Post("/api/v1/accounts/2/mute", new[] { ("notifications", "false"), ("duration", "60") });
        Assert.True(muted.GetProperty("muting").GetBoolean());
        Assert.False(muted.GetProperty("muting_notifications").GetBoolean());
        Assert.Equal("2026-11-01T12:01:00.000Z", (await api.Get("/api/v1/mutes"))[0].GetProperty("mute_expires_at").GetString());
        Assert.False((await api.Post("/api/v1/accounts/2/unmute")).GetProperty("muting").GetBoolean());
        var blocked = await api.Post("/api/v1/accounts/2/block");
        Assert.True(blocked.GetProperty("blocking").GetBoolean());
        Assert.False(blocked.GetProperty("requested").GetBoolean());
        Assert.Equal(["2"], ApiFixture.IdsOf(await api.Get("/api/v1/blocks")));
        Assert.False((await api.Post("/api/v1/accounts/2/unblock")).GetProperty("blocking").GetBoolean());
        await api.Post("/api/v1/accounts/999/follow", status: 404);
        await api.Post("/api/v1/accounts/1/follow", status: 403);
        await api.Post("/api/v1/accounts/2/follow", token: await api.TokenWith("write:statuses"), status: 403);
    }

    [Fact]
    public async Task Follow_requests_are_answered()
    {
        await api.AddPerson(3, "cid");
        await api.Database.Write(c =>
        {
            FollowStore.Save(c, new Follow(2, 1, "https://far.test/f2", false, true, false, api.Clock.GetUtcNow()));
            FollowStore.Save(c, new Follow(3, 1, "https://far.test/f3", false, true, false, api.Clock.GetUtcNow()));
        });
        Assert.True((await api.Post("/api/v1/follow_requests/2/authorize")).GetProperty("followed_by").GetBoolean());
        Assert.False((await api.Post("/api/v1/follow_requests/3/reject")).GetProperty("requested_by").GetBoolean());
        await api.Post("/api/v1/follow_requests/3/authorize", status: 404);
        Assert.Equal(["2"], ApiFixture.IdsOf(await api.Get("/api/v1/accounts/1/followers")));
        Assert.False((await api.Post("/api/v1/accounts/2/remove_from_followers")).GetProperty("followed_by").GetBoolean());
    }

    [Fact]
    public async Task Domains_are_blocked()
    {
        await api.Post("/api/v1/domain_blocks", new[] { ("domain", "Far.test") });
        Assert.Equal("far.test", (await api.Get("/api/v1/domain_blocks"))[0].GetString());
        Assert.True((await api.Get("/api/v1/accounts/relationships?id[]=2"))[0].GetProperty("domain_blocking").GetBoolean());
        await api.Send(HttpMethod.Delete, "/api/v1/domain_blocks?domain=far.test", null);
        Assert.Empty((await api.Get("/api/v1/domain_blocks")).EnumerateArray());
        await api.Post("/api/v1/domain_blocks", new[] { ("domain", "not a domain") }, status: 422);
    }

    [Fact]
    public async Task The_profile_is_edited_from_a_form_and_from_JSON()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("Ann"), "display_name" },
            { new StringContent("I like *cows*"), "note" },
            { new StringContent("Farm"), "fields_attributes[0][name]" },
            { new StringContent("Hill"), "fields_attributes[0][value]" },
            { new StringContent("private"), "source[privacy]" },
        };
        var account = await api.Send(HttpMethod.Patch, "/api/v1/accounts/update_credentials", form);
        Assert.Equal("Ann", account.GetProperty("display_name").GetString());
        Assert.Equal("Farm", account.GetProperty("fields")[0].GetProperty("name").GetString());
        Assert.Equal("private", account.GetProperty("source").GetProperty("privacy").GetString());
        var locked = await api.Send(HttpMethod.Patch, "/api/v1/accounts/update_credentials", ApiFixture.Content("""{"locked":true}"""));
        Assert.True(locked.GetProperty("locked").GetBoolean());
        Assert.Equal("Ann", locked.GetProperty("display_name").GetString());
        Assert.Equal("private", (await api.Get("/api/v1/preferences")).GetProperty("posting:default:visibility").GetString());
        Assert.Equal("private", (await api.Post("/api/v1/statuses", """{"status":"By default"}""")).GetProperty("visibility").GetString());
        using var picture = new MultipartFormDataContent { { new ByteArrayContent([1]), "avatar", "a.png" } };
        await api.Send(HttpMethod.Patch, "/api/v1/accounts/update_credentials", picture, status: 422);
        Assert.EndsWith("/app/avatar.png", (await api.Get("/api/v1/accounts/verify_credentials")).GetProperty("avatar").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Search_finds_accounts_hashtags_and_addresses()
    {
        await api.AddStatus(200, 2);
        await api.AddStatus(201, 2, s => s with { Visibility = Visibility.Direct });
        await api.Database.Write(c => StatusParts.AddTags(c, 200, ["Cows"]));
        var found = await api.Get("/api/v2/search?q=bo");
        Assert.Equal(["2"], ApiFixture.IdsOf(found.GetProperty("accounts")));
        Assert.Equal("Cows", (await api.Get("/api/v2/search?q=%23cow")).GetProperty("hashtags")[0].GetProperty("name").GetString());
        Assert.Equal(["200"], ApiFixture.IdsOf((await api.Get("/api/v2/search?q=https://far.test/statuses/200")).GetProperty("statuses")));
        Assert.Empty((await api.Get("/api/v2/search?q=https://far.test/statuses/201&resolve=true")).GetProperty("statuses").EnumerateArray());
        Assert.Empty((await api.Get("/api/v2/search?q=https://elsewhere.test/1&resolve=true")).GetProperty("statuses").EnumerateArray());
        Assert.Equal(["2"], ApiFixture.IdsOf(await api.Get("/api/v1/accounts/search?q=@bob@far.test")));
        Assert.Empty((await api.Get("/api/v1/accounts/search?q=bob&following=true")).EnumerateArray());
        await api.Get("/api/v2/search", status: 400);
    }
}
