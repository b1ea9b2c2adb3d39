using System.Globalization;
using System.Text.Json;
using Calf.Federation.Outbox;
using Calf.Media;
using Calf.Statuses;
using Calf.Tests.Media;

namespace Calf.Tests.Mastodon;

/// <summary>Posts for later: kept whole, moved, taken back, and posted once.</summary>
public sealed class ScheduledApiTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync() => api = await ApiFixture.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task It_waits_with_everything_and_goes_out_once_when_its_time_has_come()
    {
        var picture = await Upload();
        var first = await Schedule(60, $$"""
            "status":"Hello *later*","spoiler_text":"Careful","visibility":"unlisted","language":"de","media_ids":["{{picture}}"]
            """);
        await Schedule(30, """ "status":"Which?","poll":{"options":["a","b"],"expires_in":600,"multiple":true} """);

        var told = first.GetProperty("params");
        Assert.Equal(("Hello *later*", "Careful", "unlisted", "de"), (told.GetProperty("text").GetString(), told.GetProperty("spoiler_text").GetString(), told.GetProperty("visibility").GetString(), told.GetProperty("language").GetString()));
        Assert.Equal([picture], ApiFixture.IdsOf(first.GetProperty("media_attachments")));
        Assert.Equal(2, (await api.Get("/api/v1/scheduled_statuses")).GetArrayLength());
        Assert.Equal(0, await PostDue());
        await api.Get($"/api/v1/media/{picture}", status: 404);

        api.Clock.Advance(TimeSpan.FromMinutes(30));
        Assert.Equal(1, await PostDue());
        api.Clock.Advance(TimeSpan.FromDays(3));
        await api.Get<Uploading>().RemoveUnused(TestContext.Current.CancellationToken);
        Assert.Equal(1, await PostDue());
        Assert.Equal(0, await PostDue());

        var home = await api.Get("/api/v1/timelines/home");
        Assert.Equal(2, home.GetArrayLength());
        Assert.Equal(("<p>Hello <em>later</em></p>", "unlisted"), (home[0].GetProperty("content").GetString(), home[0].GetProperty("visibility").GetString()));
        Assert.Equal([picture], ApiFixture.IdsOf(home[0].GetProperty("media_attachments")));
        Assert.True(home[1].GetProperty("poll").GetProperty("multiple").GetBoolean());
        Assert.Equal(0, (await api.Get("/api/v1/scheduled_statuses")).GetArrayLength());
    }

    [Fact]
    public async Task It_can_be_moved_and_taken_back_with_its_files()
    {
        var picture = await Upload();
        var id = (await Schedule(60, $$""" "status":"x","media_ids":["{{picture}}"] """)).GetProperty("id").GetString();

        var moved = await api.Send(HttpMethod.Put, $"/api/v1/scheduled_statuses/{id}", ApiFixture.Content($$"""{"scheduled_at":"{{At(600)}}"}"""));
        Assert.Equal("2026-11-01T22:00:00.000Z", moved.GetProperty("scheduled_at").GetString());
        await api.Send(HttpMethod.Put, $"/api/v1/scheduled_statuses/{id}", ApiFixture.Content($$"""{"scheduled_at":"{{At(1)}}"}"""), status: 422);
        Assert.Equal(moved.ToString(), (await api.Get($"/api/v1/scheduled_statuses/{id}")).ToString());

        await api.Send(HttpMethod.Delete, $"/api/v1/scheduled_statuses/{id}", null);

        await api.Get($"/api/v1/scheduled_statuses/{id}", status: 404);
        await api.Send(HttpMethod.Delete, $"/api/v1/scheduled_statuses/{id}", null, status: 404);
        await api.Get($"/api/v1/media/{picture}");
        api.Clock.Advance(TimeSpan.FromDays(1));
        Assert.Equal(0, await PostDue());
    }

    [Theory]
    [InlineData(""" "status":"" """)]
    [InlineData(""" "status":"x","poll":{"options":["a"],"expires_in":600} """)]
    [InlineData(""" "status":"x","media_ids":["99"] """)]
    public async Task What_could_not_be_posted_is_not_kept_either(string body)
    {
        await Schedule(60, body, 422);
        Assert.Equal(0, (await api.Get("/api/v1/scheduled_statuses")).GetArrayLength());
    }

    [Fact]
    public async Task Too_soon_is_refused_the_past_is_now_and_a_day_has_room_for_so_many()
    {
        Assert.Equal("Validation failed: Scheduled at date must be in the future", (await Schedule(4, """ "status":"x" """, 422)).GetProperty("error").GetString());
        await api.Post("/api/v1/statuses", """{"status":"x","scheduled_at":"soon"}""", status: 422);
        Assert.True((await api.Post("/api/v1/statuses", """{"status":"now","scheduled_at":"2020-01-01T00:00:00Z"}""")).TryGetProperty("content", out _));

        for (var n = 0; n < Scheduling.MaxPerDay; n++) await Schedule(10 + n, """ "status":"x" """);
        await Schedule(100, """ "status":"x" """, 422);
        await Schedule(24 * 60, """ "status":"x" """);
    }

    [Fact]
    public async Task What_it_answers_may_go_meanwhile_then_it_stays_in_the_list()
    {
        await api.AddPerson(2, "bob");
        await api.AddStatus(100, 2);
        await Schedule(10, """ "status":"Yes","in_reply_to_id":"100" """);
        await api.Database.Write(c => StatusStore.Remove(c, StatusStore.Find(c, 100)!));
        api.Clock.Advance(TimeSpan.FromMinutes(11));

        Assert.Equal(0, await PostDue());

        Assert.Equal("2026-11-01T13:11:00.000Z", (await api.Get("/api/v1/scheduled_statuses"))[0].GetProperty("scheduled_at").GetString());
    }

    private Task<int> PostDue() => api.Get<Scheduling>().PostDue(TestContext.Current.CancellationToken);

    private Task<JsonElement> Schedule(int minutes, string members, int status = 200) =>
        api.Post("/api/v1/statuses", $$"""{"scheduled_at":"{{At(minutes)}}",{{members}}}""", status: status);

    private string At(int minutes) => api.Clock.GetUtcNow().AddMinutes(minutes).ToString("O", CultureInfo.InvariantCulture);

    private async Task<string> Upload()
    {
        using var body = new MultipartFormDataContent { { new ByteArrayContent(Drawings.Of(200, 100)), "file", "p.jpg" } };
        return (await api.Send(HttpMethod.Post, "/api/v2/media", body)).GetProperty("id").GetString()!;
    }
}
