using System.Text.Json;
using Calf.Accounts;
using Calf.Events;
using Calf.Federation.Gaps;
using Calf.Follows;
using Calf.Mastodon;
using Calf.Mastodon.Streaming;
using Calf.Security;

namespace Calf.Tests.Mastodon;

public sealed class CalfApiTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(2, "bob");
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_post_says_which_servers_have_it_and_can_be_sent_again()
    {
        await api.Database.Write(c => FollowStore.Save(c, new Follow(2, 1, "https://far.test/f", true, true, false, api.Clock.GetUtcNow())));
        var id = (await api.Post("/api/v1/statuses", """{"status":"Hello"}""")).GetProperty("id").GetString();
        var delivery = await api.Get($"/api/calf/v1/statuses/{id}/delivery");
        Assert.Equal(1, delivery.GetProperty("waiting").GetInt32());
        Assert.Equal("far.test", delivery.GetProperty("servers")[0].GetProperty("host").GetString());
        Assert.Equal("waiting", delivery.GetProperty("servers")[0].GetProperty("state").GetString());
        await api.Post($"/api/calf/v1/statuses/{id}/delivery/retry", """{"host":"far.test"}""");
        await api.Post($"/api/calf/v1/statuses/{id}/delivery/retry", """{"host":"elsewhere.test"}""", status: 422);
        Assert.Equal("It is not its turn yet.", (await api.Post($"/api/calf/v1/statuses/{id}/delivery/retry")).GetProperty("servers")[0].GetProperty("reason").GetString());
        await api.AddStatus(200, 2);
        await api.Get("/api/calf/v1/statuses/200/delivery", status: 404);
    }

    [Fact]
    public async Task Edits_boosts_and_deletions_say_too_how_far_they_have_come()
    {
        await api.Database.Write(c => FollowStore.Save(c, new Follow(2, 1, "https://far.test/f", true, true, false, api.Clock.GetUtcNow())));
        var id = (await api.Post("/api/v1/statuses", """{"status":"Hello"}""")).GetProperty("id").GetString();
        await api.Send(HttpMethod.Put, $"/api/v1/statuses/{id}", ApiFixture.Content("""{"status":"Hello again"}"""));
        await api.Database.Write(c => c.Execute($"UPDATE deliveries SET state = 1, last_error = NULL WHERE outgoing_id = (SELECT min(id) FROM outgoing)"));
        var edited = await api.Get($"/api/calf/v1/statuses/{id}/delivery");
        Assert.Equal((false, 1), (edited.GetProperty("deleted").GetBoolean(), edited.GetProperty("waiting").GetInt32()));

        await api.Send(HttpMethod.Delete, $"/api/v1/statuses/{id}", null);
        var gone = await api.Get($"/api/calf/v1/statuses/{id}/delivery");
        Assert.Equal((true, 1), (gone.GetProperty("deleted").GetBoolean(), gone.GetProperty("waiting").GetInt32()));
        await api.Database.Write(c => c.Execute($"UPDATE deliveries SET state = 2, last_error = 'answered 403: no' WHERE outgoing_id = (SELECT max(id) FROM outgoing)"));
        var refused = (await api.Get($"/api/calf/v1/statuses/{id}/delivery")).GetProperty("servers")[0];
        Assert.Equal("It takes nothing from here (403): perhaps it blocks this server. It says: no.", refused.GetProperty("reason").GetString());

        await api.AddStatus(300, 2);
        var boost = (await api.Post("/api/v1/statuses/300/reblog")).GetProperty("id").GetString();
        Assert.Equal(1, (await api.Get($"/api/calf/v1/statuses/{boost}/delivery")).GetProperty("waiting").GetInt32());
        await api.Post("/api/v1/statuses/300/unreblog");
        Assert.True((await api.Get($"/api/calf/v1/statuses/{boost}/delivery")).GetProperty("deleted").GetBoolean());
        await api.Get("/api/calf/v1/statuses/300/delivery", status: 404);
    }

    [Fact]
    public async Task The_own_page_hears_how_a_delivery_goes_on_and_no_app_does()
    {
        var id = (await api.Post("/api/v1/statuses", """{"status":"Hello"}""")).GetProperty("id").GetString()!;
        using var app = api.Get<StreamHub>().Listen(new Caller(1, 7, true, "read"));
        using var page = api.Get<StreamHub>().Listen(new Caller(null, null, true, Scopes.Browser + " read"));
        app.Subscribe("user");
        page.Subscribe("user");
        api.Get<EventHub>().Publish(new DeliveryChanged(long.Parse(id, System.Globalization.CultureInfo.InvariantCulture)));
        var told = (await page.Events.ReadAsync(Cancel)).Event;
        Assert.Equal(("calf.delivery", id), (told.Type, JsonElement.Parse(told.Payload!).GetProperty("id").GetString()));
        Assert.False(app.Events.TryRead(out _));
    }

    [Fact]
    public async Task Markdown_is_previewed_and_counted()
    {
        var preview = await api.Post("/api/calf/v1/preview", """{"text":"**Hi** <script>alert(1)</script>"}""");
        Assert.Contains("<strong>Hi</strong>", preview.GetProperty("content").GetString());
        Assert.DoesNotContain("<script", preview.GetProperty("content").GetString());
        Assert.Equal(32, preview.GetProperty("characters").GetInt32());
    }

    [Fact]
    public async Task What_was_missed_while_the_server_was_off_is_counted_with_who_did_not_answer()
    {
        await api.AddPerson(3, "eve", "mute.test");
        var to = api.Clock.GetUtcNow();
        await api.Database.Write(c =>
        {
            foreach (var id in (long[])[2, 3]) FollowStore.Save(c, new Follow(1, id, $"https://calf.test/f{id}", true, true, false, to));
            GapStore.Add(c, Calf.Store.Ids.At(to), to.AddHours(-9), to, 1);
            c.Execute($"UPDATE gap_walks SET state = 1, posts = 143 WHERE account_id = 2");
            c.Execute($"UPDATE gap_walks SET state = 2, reason = 'mute.test did not answer.' WHERE account_id = 3");
            GapStore.Finish(c, GapStore.Open(c)!.Id, to);
        });
        var gap = Assert.Single((await api.Get("/api/calf/v1/gaps")).EnumerateArray());
        Assert.Equal("offline 9 h: 143 posts from 1 account recovered, 1 server did not answer", gap.GetProperty("text").GetString());
        Assert.Equal((143, 2, 0), (gap.GetProperty("posts").GetInt32(), gap.GetProperty("accounts").GetInt32(), gap.GetProperty("waiting").GetInt32()));
        Assert.Equal("mute.test", gap.GetProperty("servers")[0].GetProperty("host").GetString());
        Assert.False(gap.GetProperty("servers")[0].GetProperty("answered").GetBoolean());
    }

    [Fact]
    public async Task Browsers_and_apps_are_listed_and_sent_away_by_the_owners_browser_only()
    {
        var cookie = Tokens.New();
        await api.Database.Write(c =>
        {
            SessionStore.Add(c, Tokens.Hash(cookie), "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", api.Clock.GetUtcNow());
            SessionStore.Add(c, Tokens.Hash("other"), "curl", api.Clock.GetUtcNow().AddSeconds(-1));
        });
        await api.Get("/api/calf/v1/sessions", status: 403);
        await api.Get("/api/calf/v1/apps", status: 403);
        using var browser = Browser(cookie);
        var sessions = await api.Read(await browser.GetAsync("/api/calf/v1/sessions", Cancel));
        Assert.Equal("Firefox on Linux", sessions[0].GetProperty("name").GetString());
        Assert.Equal([true, false], sessions.EnumerateArray().Select(s => s.GetProperty("current").GetBoolean()));
        (await browser.DeleteAsync($"/api/calf/v1/sessions/{sessions[1].GetProperty("id").GetString()}", Cancel)).EnsureSuccessStatusCode();
        Assert.Equal(1, (await api.Read(await browser.GetAsync("/api/calf/v1/sessions", Cancel))).GetArrayLength());
        var apps = await api.Read(await browser.GetAsync("/api/calf/v1/apps", Cancel));
        Assert.Equal("Tusky", apps[0].GetProperty("name").GetString());
        await api.Get("/api/v1/timelines/home");
        (await browser.DeleteAsync($"/api/calf/v1/apps/{apps[0].GetProperty("id").GetString()}", Cancel)).EnsureSuccessStatusCode();
        await api.Get("/api/v1/timelines/home", status: 401);
    }

    [Fact]
    public async Task When_an_app_was_last_used_is_told_to_the_hour_and_written_no_more_often()
    {
        var cookie = Tokens.New();
        var began = api.Clock.GetUtcNow();
        await api.Database.Write(c => SessionStore.Add(c, Tokens.Hash(cookie), "curl", began));
        using var browser = Browser(cookie);
        Assert.Equal(JsonValueKind.Null, (await LastUse()).ValueKind);
        foreach (var (minutes, told) in ((int, int)[])[(0, 0), (30, 0), (29, 0), (2, 61), (59, 61)])
        {
            api.Clock.Advance(TimeSpan.FromMinutes(minutes));
            await api.Get("/api/v1/timelines/home");
            Assert.Equal(began.AddMinutes(told), (await LastUse()).GetDateTimeOffset());
        }

        async Task<JsonElement> LastUse() => (await api.Read(await browser.GetAsync("/api/calf/v1/apps", Cancel)))[0].GetProperty("last_used_at");
    }

    private HttpClient Browser(string cookie)
    {
        var browser = api.Client(token: null);
        browser.DefaultRequestHeaders.Add("Cookie", $"__Host-calf_session={cookie}");
        browser.DefaultRequestHeaders.Add("Sec-Fetch-Site", "same-origin");
        return browser;
    }

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;
}
