using Calf.Federation.Outbox;
using Calf.Statuses;
using Calf.Store;
using Calf.Timelines;

namespace Calf.Tests.Mastodon;

/// <summary>Hashtags: followed into home, shown on the profile, with what they were used for in the last week.</summary>
public sealed class TagsApiTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(2, "bob");
        await api.AddPerson(3, "cleo");
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_followed_hashtag_brings_public_posts_of_anybody_home_and_takes_them_along_when_it_goes()
    {
        await Place(100, 2, "Cows");
        await Place(101, 2, "pigs");
        Assert.Empty(await Home());

        var tag = await api.Post("/api/v1/tags/cows/follow");
        await Place(102, 3, "cows");
        await Place(103, 3, "cows", Visibility.Unlisted);
        await Place(104, 3, "cows", adjust: s => s with { InReplyToId = 101, InReplyToUri = "https://far.test/statuses/101", InReplyToAccountId = 2 });

        Assert.Equal(("Cows", true), (tag.GetProperty("name").GetString(), tag.GetProperty("following").GetBoolean()));
        Assert.Equal(["104", "102", "100"], await Home());
        Assert.Equal(["Cows"], (await api.Get("/api/v1/followed_tags")).EnumerateArray().Select(t => t.GetProperty("name").GetString()!));

        Assert.False((await api.Post("/api/v1/tags/cows/unfollow")).GetProperty("following").GetBoolean());

        Assert.Empty(await Home());
        Assert.Empty((await api.Get("/api/v1/followed_tags")).EnumerateArray());
    }

    [Fact]
    public async Task What_is_also_there_for_another_reason_stays()
    {
        await Place(100, ApiFixture.OwnerId, "cows");
        await Place(101, 2, "cows", tag2: "barn");
        await api.Post("/api/v1/tags/cows/follow");
        await api.Post("/api/v1/tags/barn/follow");

        await api.Post("/api/v1/tags/cows/unfollow");

        Assert.Equal(["101", "100"], await Home());
    }

    [Fact]
    public async Task The_last_week_is_counted_by_posts_and_by_people()
    {
        var now = Ids.FloorOf(api.Clock.GetUtcNow());
        await Place(now + 0, 2, "cows");
        await Place(now + 1, 2, "cows");
        await Place(now + 2, 3, "cows");
        await Place(now + 3, 3, "cows", Visibility.Unlisted);

        var tag = await api.Get("/api/v1/tags/COWS");

        var history = tag.GetProperty("history").EnumerateArray().ToList();
        Assert.Equal(7, history.Count);
        Assert.Equal(("3", "2"), (history[0].GetProperty("uses").GetString(), history[0].GetProperty("accounts").GetString()));
        Assert.Equal("1793491200", history[0].GetProperty("day").GetString());
        Assert.Equal(("0", "0"), (history[1].GetProperty("uses").GetString(), history[1].GetProperty("accounts").GetString()));
        Assert.Equal("cows", (await api.Get("/api/v1/tags/cows", null)).GetProperty("name").GetString());
    }

    [Fact]
    public async Task An_unknown_hashtag_is_told_and_not_stored_and_what_is_none_is_refused()
    {
        Assert.Equal("sheep", (await api.Get("/api/v1/tags/sheep")).GetProperty("name").GetString());
        Assert.Equal(0, api.Database.Read(c => c.Count($"SELECT count(*) FROM tags")));
        foreach (var name in new[] { "123", "a%20b", "a-b", new string('x', HashtagName.MaxLength + 1) })
        {
            await api.Get($"/api/v1/tags/{name}", status: 404);
            await api.Post($"/api/v1/tags/{name}/follow", status: 404);
        }
        await api.Post("/api/v1/tags/sheep/unfeature", status: 404);
        Assert.Equal(0, api.Database.Read(c => c.Count($"SELECT count(*) FROM tags")));
    }

    [Fact]
    public async Task Hashtags_are_shown_on_the_profile_with_how_much_the_owner_uses_them()
    {
        await Place(100, ApiFixture.OwnerId, "cows");
        await Place(101, ApiFixture.OwnerId, "cows", Visibility.Private);
        await Place(102, 2, "cows");
        Assert.Equal(["cows"], (await api.Get("/api/v1/featured_tags/suggestions")).EnumerateArray().Select(t => t.GetProperty("name").GetString()!));

        var featured = await api.Post("/api/v1/featured_tags", """{"name":"#Cows"}""");
        await api.Post("/api/v1/tags/barn/feature");

        Assert.Equal(("cows", "1", "2026-11-01"), (featured.GetProperty("name").GetString(), featured.GetProperty("statuses_count").GetString(), featured.GetProperty("last_status_at").GetString()));
        Assert.Empty((await api.Get("/api/v1/featured_tags/suggestions")).EnumerateArray());
        var shown = await api.Get($"/api/v1/accounts/{ApiFixture.OwnerId}/featured_tags", null);
        Assert.Equal(["barn", "cows"], shown.EnumerateArray().Select(t => t.GetProperty("name").GetString()!));
        Assert.Empty((await api.Get("/api/v1/accounts/2/featured_tags")).EnumerateArray());

        await api.Send(HttpMethod.Delete, $"/api/v1/featured_tags/{featured.GetProperty("id").GetString()}", null);
        await api.Send(HttpMethod.Delete, $"/api/v1/featured_tags/{featured.GetProperty("id").GetString()}", null, status: 404);
        Assert.False((await api.Post("/api/v1/tags/barn/unfeature")).GetProperty("featuring").GetBoolean());
        Assert.Empty((await api.Get("/api/v1/featured_tags")).EnumerateArray());
    }

    [Fact]
    public async Task Those_of_others_are_shown_with_how_much_is_here_of_them()
    {
        await Place(102, 2, "cows");
        await Place(103, ApiFixture.OwnerId, "cows");
        await api.Database.Write(c => RemoteTagStore.Replace(c, 2, [("Cows", "https://far.test/@bob/tagged/cows"), ("hay", null)], api.Clock.GetUtcNow()));
        foreach (var token in (string?[])[ApiFixture.Token, null])
        {
            var shown = await api.Get("/api/v1/accounts/2/featured_tags", token);
            Assert.Equal([("Cows", "https://far.test/@bob/tagged/cows", "1"), ("hay", "https://calf.test/tags/hay", "0")], shown.EnumerateArray()
                .Select(t => (t.GetProperty("name").GetString()!, t.GetProperty("url").GetString()!, t.GetProperty("statuses_count").GetString()!)));
        }
        Assert.Empty((await api.Get("/api/v1/accounts/2/endorsements")).EnumerateArray());
        await api.Database.Write(c => Calf.Accounts.AccountStore.MarkGone(c, 2, api.Clock.GetUtcNow()));
        Assert.Empty((await api.Get("/api/v1/accounts/2/featured_tags")).EnumerateArray());
    }

    [Fact]
    public async Task Ten_can_be_shown()
    {
        for (var n = 0; n < Tagging.MaxFeatured; n++) await api.Post($"/api/v1/tags/tag{n}/feature");
        await api.Post("/api/v1/tags/tag0/feature");

        await api.Post("/api/v1/featured_tags", """{"name":"more"}""", status: 422);
        await api.Post("/api/v1/featured_tags", "{}", status: 422);

        Assert.Equal(Tagging.MaxFeatured, (await api.Get("/api/v1/featured_tags")).GetArrayLength());
    }

    private async Task<List<string>> Home() => ApiFixture.IdsOf(await api.Get("/api/v1/timelines/home"));

    private async Task Place(long id, long author, string tag, Visibility visibility = Visibility.Public, string? tag2 = null, Func<Status, Status>? adjust = null)
    {
        await api.AddStatus(id, author, s => (adjust?.Invoke(s) ?? s) with { Visibility = visibility, CreatedAt = api.Clock.GetUtcNow() }, home: false);
        await api.Database.Write(c =>
        {
            StatusParts.AddTags(c, id, new[] { tag, tag2 }.OfType<string>());
            if (HomeFeed.Takes(c, id, ApiFixture.OwnerId, api.Clock.GetUtcNow())) TimelineStore.AddToHome(c, id);
        });
    }
}
