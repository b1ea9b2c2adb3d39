using System.Globalization;
using System.Text.Json;
using Calf.Federation.Outbox;
using Calf.Mastodon.Endpoints;
using Calf.Moderation;
using Calf.Statuses;
using Calf.Tests.Media;
using Calf.Tests.Support;

namespace Calf.Tests.Mastodon;

/// <summary>What is asked of statuses seldom, answered as Mastodon answers it.</summary>
public sealed class StatusCornersTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(2, "bob");
        await api.AddStatus(100, 2);
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_deleted_post_comes_back_as_it_was_written_and_its_files_stay_unless_they_are_to_go(bool withFiles)
    {
        var picture = await Upload();
        var id = Id(await Post($$"""{"status":"Hello *cows*","spoiler_text":"Farm","media_ids":["{{picture}}"]}"""));

        var deleted = await api.Send(HttpMethod.Delete, $"/api/v1/statuses/{id}?delete_media={withFiles}", null);

        Assert.Equal(("Hello *cows*", "Farm"), (deleted.GetProperty("text").GetString(), deleted.GetProperty("spoiler_text").GetString()));
        Assert.Equal([picture], ApiFixture.IdsOf(deleted.GetProperty("media_attachments")));
        await api.Get($"/api/v1/media/{picture}", status: withFiles ? 404 : 200);
    }

    [Fact]
    public async Task A_boost_that_is_deleted_is_undone()
    {
        var boost = await api.Post("/api/v1/statuses/100/reblog");
        await api.Send(HttpMethod.Delete, $"/api/v1/statuses/{Id(boost)}", null);
        Assert.False((await api.Get("/api/v1/statuses/100")).GetProperty("reblogged").GetBoolean());
        Assert.Equal(["Announce", "Undo"], api.Database.Read(c => c.Query($"SELECT type FROM outgoing ORDER BY id", r => r.Text())));
    }

    [Fact]
    public async Task Strangers_see_less_of_a_long_thread()
    {
        for (var n = 0; n < 50; n++) await api.AddStatus(200 + n, 2, s => s with { InReplyToId = n == 0 ? 100 : s.Id - 1 });
        for (var n = 0; n < 70; n++) await api.AddStatus(300 + n, 2, s => s with { InReplyToId = 249 });

        var (above, below) = await Context(249, token: null);
        Assert.Equal((ContextApi.StrangersAncestors, "209", "248"), (above.Count, above[0], above[^1]));
        Assert.Equal((ContextApi.StrangersDescendants, "300"), (below.Count, below[0]));
        Assert.Equal(ContextApi.StrangersDepth, (await Context(100, token: null)).Below.Count);

        (above, below) = await Context(249);
        Assert.Equal((50, 70), (above.Count, below.Count));
        Assert.Equal(120, (await Context(100)).Below.Count);
    }

    [Fact]
    public async Task Who_goes_on_with_their_own_post_comes_first_and_a_circle_ends()
    {
        await api.AddPerson(3, "cleo");
        await api.AddStatus(201, 3, s => s with { InReplyToId = 100, InReplyToAccountId = 2 });
        await api.AddStatus(202, 2, s => s with { InReplyToId = 201, InReplyToAccountId = 3 });
        await api.AddStatus(203, 2, s => s with { InReplyToId = 100, InReplyToAccountId = 2 });
        Assert.Equal(["203", "201", "202"], (await Context(100)).Below);

        await api.Database.Write(c => c.Execute($"UPDATE statuses SET in_reply_to_id = 202 WHERE id = 100"));
        Assert.Equal(["203", "201", "202"], (await Context(100)).Below);
        Assert.Equal(["201", "202"], (await Context(100)).Above);
    }

    [Fact]
    public async Task A_key_is_good_for_a_post_for_later_too()
    {
        var at = api.Clock.GetUtcNow().AddHours(1).ToString("O", CultureInfo.InvariantCulture);
        using var client = api.Client();
        client.DefaultRequestHeaders.Add("Idempotency-Key", "k");
        var answers = new List<string>();
        for (var n = 0; n < 2; n++)
        {
            using var response = await client.PostAsync("/api/v1/statuses", ApiFixture.Content($$"""{"status":"Later","scheduled_at":"{{at}}"}"""), TestContext.Current.CancellationToken);
            answers.Add((await api.Read(response)).ToString());
        }
        Assert.Equal(answers[0], answers[1]);
        Assert.Equal(1, (await api.Get("/api/v1/scheduled_statuses")).GetArrayLength());
    }

    [Fact]
    public async Task A_post_for_later_keeps_what_it_quotes_and_to_quote_what_one_may_not_is_refused_at_once()
    {
        await api.Database.Write(c => InteractionPolicyStore.Save(c, 100, new InteractionPolicy(new SubPolicy(PolicyGroups.Everybody, PolicyGroups.Nobody))));
        await api.AddStatus(101, 2);
        var at = api.Clock.GetUtcNow().AddHours(1).ToString("O", CultureInfo.InvariantCulture);
        await Refused($$"""{"status":"x","scheduled_at":"{{at}}","quoted_status_id":"101"}""", 404, NewStatus.QuotedMissing);
        await Refused($$"""{"status":"x","scheduled_at":"{{at}}","in_reply_to_id":"9999"}""", 404, NewStatus.ParentMissing);

        var waiting = await Post($$"""{"status":"Look","scheduled_at":"{{at}}","quoted_status_id":"100"}""");
        Assert.Equal("100", waiting.GetProperty("params").GetProperty("quoted_status_id").GetString());
        api.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(1, await api.Get<Scheduling>().PostDue(TestContext.Current.CancellationToken));
        Assert.Equal("pending", (await api.Get("/api/v1/timelines/home"))[0].GetProperty("quote").GetProperty("state").GetString());
    }

    [Fact]
    public async Task A_warning_with_nothing_behind_it_gets_a_sign()
    {
        var picture = await Upload();
        Assert.Contains("🖼", (await Post($$"""{"spoiler_text":"Eyes","media_ids":["{{picture}}"]}""")).GetProperty("content").GetString());
        Assert.Equal("<p>.</p>", (await Post("""{"spoiler_text":"Nothing"}""")).GetProperty("content").GetString());
        await Refused("""{"spoiler_text":" "}""", 422, "Validation failed: Text can't be blank");
        var own = Id(await Post("""{"status":"x"}"""));
        Assert.DoesNotContain("<p>.</p>", (await Post($$"""{"spoiler_text":"Mine","quoted_status_id":"{{own}}"}""")).GetProperty("content").GetString());
    }

    [Fact]
    public async Task An_edit_that_changes_nothing_is_none()
    {
        var picture = await Upload();
        var id = Id(await Post($$"""{"status":"Hello","language":"en","media_ids":["{{picture}}"]}"""));
        var before = StoredRows.Of(api.Database);
        var same = await Edit(id, $$"""{"status":"Hello","language":"en","media_ids":["{{picture}}"],"media_attributes":[{"id":"{{picture}}","description":""}]}""");
        Assert.Equal(JsonValueKind.Null, same.GetProperty("edited_at").ValueKind);
        Assert.Equal(before, StoredRows.Of(api.Database));

        var described = await Edit(id, $$"""{"status":"Hello","language":"en","media_ids":["{{picture}}"],"media_attributes":[{"id":"{{picture}}","description":"A cow"}]}""");
        Assert.Equal(JsonValueKind.String, described.GetProperty("edited_at").ValueKind);
        Assert.Equal("A cow", described.GetProperty("media_attachments")[0].GetProperty("description").GetString());
    }

    [Fact]
    public async Task What_cannot_be_pinned_is_refused_in_Mastodons_words()
    {
        var before = StoredRows.Of(api.Database);
        await PinRefused("100", "Someone else's post cannot be pinned");
        Assert.False((await api.Post("/api/v1/statuses/100/unpin")).TryGetProperty("pinned", out _));
        Assert.Equal(before, StoredRows.Of(api.Database));
        await PinRefused(Id(await Post("""{"status":"x","visibility":"direct"}""")), "Posts that are only visible to mentioned users cannot be pinned");
        var own = Id(await Post("""{"status":"x","visibility":"private"}"""));
        Assert.True((await api.Post($"/api/v1/statuses/{own}/pin")).GetProperty("pinned").GetBoolean());
        await PinRefused(Id(await api.Post($"/api/v1/statuses/{own}/reblog")), "A boost cannot be pinned");
        for (var n = 1; n < Pinning.MaxPins; n++) await api.Post($"/api/v1/statuses/{Id(await Post("""{"status":"y"}"""))}/pin");
        await PinRefused(Id(await Post("""{"status":"z"}""")), "You have already pinned the maximum number of posts");
        Assert.Equal(Pinning.MaxPins, (await api.Get("/api/v1/accounts/1/statuses?pinned=true")).GetArrayLength());
    }

    [Fact]
    public async Task A_boost_is_as_visible_as_asked_and_no_more_than_the_post()
    {
        Assert.Equal("unlisted", Visibility(await api.Post("/api/v1/statuses/100/reblog", """{"visibility":"unlisted"}""")));
        // It is there already.
        Assert.Equal("unlisted", Visibility(await api.Post("/api/v1/statuses/100/reblog", """{"visibility":"public"}""")));
        var own = Id(await Post("""{"status":"x","visibility":"private"}"""));
        Assert.Equal("private", Visibility(await api.Post($"/api/v1/statuses/{own}/reblog", """{"visibility":"public"}""")));
        await api.AddStatus(101, 2);
        await BoostRefused("101", """{"visibility":"direct"}""", 422, "Validation failed: Visibility is reserved");
        await BoostRefused("101", """{"visibility":"all"}""", 422, "Validation failed: Visibility is not included in the list");
        await api.Send(HttpMethod.Patch, "/api/v1/accounts/update_credentials", ApiFixture.Content("""{"source":{"privacy":"unlisted"}}"""));
        Assert.Equal("unlisted", Visibility(await api.Post("/api/v1/statuses/101/reblog")));
    }

    [Fact]
    public async Task What_is_for_few_or_by_somebody_blocked_is_neither_boosted_nor_favourited()
    {
        var direct = Id(await Post("""{"status":"@bob@far.test x","visibility":"direct"}"""));
        await BoostRefused(direct, "{}", 403, "This action is not allowed");
        await api.Database.Write(c => BlockStore.Add(c, 1, 2, "https://calf.test/blocks/1", api.Clock.GetUtcNow()));
        await BoostRefused("100", "{}", 403, "This action is not allowed");
        await api.Post("/api/v1/statuses/100/favourite", status: 403);
    }

    [Theory]
    [InlineData("statuses", 20, "100")]
    [InlineData("accounts", 40, "2")]
    public async Task So_many_at_once_can_be_asked_for(string what, int most, string known)
    {
        var ids = string.Join('&', Enumerable.Range(0, most).Select(n => $"id[]={(n == 0 ? known : $"90{n}")}"));
        Assert.Equal([known], ApiFixture.IdsOf(await api.Get($"/api/v1/{what}?{ids}")));
        await api.Get($"/api/v1/{what}?{ids}&id[]=9999", status: 422);
    }

    [Theory]
    [InlineData("de", "de")]
    [InlineData("pt-BR", "pt-BR")]
    [InlineData("zh_TW", "zh-TW")]
    [InlineData("gibberish", "fr")]
    [InlineData("12", "fr")]
    [InlineData("", "fr")]
    public async Task A_language_that_is_none_is_the_usual_one(string given, string stored)
    {
        await api.Send(HttpMethod.Patch, "/api/v1/accounts/update_credentials", ApiFixture.Content("""{"source":{"language":"fr"}}"""));
        Assert.Equal(stored, (await Post($$"""{"status":"x","language":"{{given}}"}""")).GetProperty("language").GetString());
    }

    private static string Visibility(JsonElement status) => status.GetProperty("visibility").GetString()!;

    private static string Id(JsonElement status) => status.GetProperty("id").GetString()!;

    private Task<JsonElement> Post(string body) => api.Post("/api/v1/statuses", body);

    private Task<JsonElement> Edit(string id, string body) => api.Send(HttpMethod.Put, $"/api/v1/statuses/{id}", ApiFixture.Content(body));

    private async Task Refused(string body, int status, string error) =>
        Assert.Equal(error, (await api.Post("/api/v1/statuses", body, status: status)).GetProperty("error").GetString());

    private async Task PinRefused(string id, string error) =>
        Assert.Equal($"Validation failed: {error}", (await api.Post($"/api/v1/statuses/{id}/pin", status: 422)).GetProperty("error").GetString());

    private async Task BoostRefused(string id, string body, int status, string error) =>
        Assert.Equal(error, (await api.Post($"/api/v1/statuses/{id}/reblog", body, status: status)).GetProperty("error").GetString());

    private async Task<(List<string> Above, List<string> Below)> Context(long id, string? token = ApiFixture.Token)
    {
        var context = await api.Get($"/api/v1/statuses/{id}/context", token);
        return (ApiFixture.IdsOf(context.GetProperty("ancestors")), ApiFixture.IdsOf(context.GetProperty("descendants")));
    }

    private async Task<string> Upload()
    {
        using var body = new MultipartFormDataContent { { new ByteArrayContent(Drawings.Of(200, 100)), "file", "p.jpg" } };
        return (await api.Send(HttpMethod.Post, "/api/v2/media", body)).GetProperty("id").GetString()!;
    }
}
