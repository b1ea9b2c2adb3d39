using System.Text.Json;
using Calf.Events;
using Calf.Mastodon.Streaming;
using Calf.Statuses;

namespace Calf.Tests.Mastodon;

/// <summary>Filters: kept in both versions of the API, and marked on every status that the owner is shown.</summary>
public sealed class FiltersApiTests : IAsyncLifetime
{
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        api = await ApiFixture.Start();
        await api.AddPerson(2, "bob");
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_filter_is_made_with_its_words_changed_and_deleted()
    {
        var filter = await api.Post("/api/v2/filters", """
            {"title":"Football","context":["home","public"],"filter_action":"hide","expires_in":3600,
             "keywords_attributes":[{"keyword":"goal","whole_word":true},{"keyword":"match"}]}
            """);
        var id = filter.GetProperty("id").GetString();
        Assert.Equal(("Football", "hide", "2026-11-01T13:00:00.000Z"), (filter.GetProperty("title").GetString(), filter.GetProperty("filter_action").GetString(), filter.GetProperty("expires_at").GetString()));
        var words = filter.GetProperty("keywords");
        Assert.Equal(["goal:True", "match:True"], words.EnumerateArray().Select(k => $"{k.GetProperty("keyword").GetString()}:{k.GetProperty("whole_word").GetBoolean()}"));

        var changed = await api.Send(HttpMethod.Put, $"/api/v2/filters/{id}", ApiFixture.Content(new (string, string)[]
        {
            ("context[]", "thread"), ("expires_in", ""),
            ("keywords_attributes[0][id]", words[0].GetProperty("id").GetString()!), ("keywords_attributes[0][_destroy]", "true"),
            ("keywords_attributes[1][id]", words[1].GetProperty("id").GetString()!), ("keywords_attributes[1][keyword]", "derby"), ("keywords_attributes[1][whole_word]", "false"),
        }));

        Assert.Equal(["thread"], changed.GetProperty("context").EnumerateArray().Select(c => c.GetString()!));
        Assert.Equal("Football", changed.GetProperty("title").GetString());
        Assert.Equal(JsonValueKind.Null, changed.GetProperty("expires_at").ValueKind);
        Assert.Equal(["derby:False"], changed.GetProperty("keywords").EnumerateArray().Select(k => $"{k.GetProperty("keyword").GetString()}:{k.GetProperty("whole_word").GetBoolean()}"));
        Assert.Equal(changed.ToString(), (await api.Get($"/api/v2/filters/{id}")).ToString());
        Assert.Equal(changed.ToString(), (await api.Get("/api/v2/filters"))[0].ToString());
        await api.Send(HttpMethod.Delete, $"/api/v2/filters/{id}", null);
        Assert.Equal(0, (await api.Get("/api/v2/filters")).GetArrayLength());
        Assert.Equal(0, api.Database.Read(c => c.Count($"SELECT count(*) FROM filter_keywords")));
    }

    [Theory]
    [InlineData("""{"context":["home"]}""", "Validation failed: Title can't be blank")]
    [InlineData("""{"title":"x"}""", "Validation failed: Context can't be blank")]
    [InlineData("""{"title":"x","context":["kitchen"]}""", "Validation failed: Context None or invalid context supplied")]
    [InlineData("""{"title":"x","context":["home"],"filter_action":"eat"}""", "Validation failed: Action is not included in the list")]
    [InlineData("""{"title":"x","context":["home"],"keywords_attributes":[{"keyword":" "}]}""", "Validation failed: Keyword can't be blank")]
    public async Task A_filter_that_cannot_be_is_refused_whole(string body, string error)
    {
        Assert.Equal(error, (await api.Post("/api/v2/filters", body, status: 422)).GetProperty("error").GetString());
        Assert.Equal(0, (await api.Get("/api/v2/filters")).GetArrayLength());
    }

    [Fact]
    public async Task Words_and_posts_are_added_and_taken_away_one_by_one()
    {
        await api.AddStatus(100, 2);
        var id = (await api.Post("/api/v2/filters", """{"title":"x","context":["home"]}""")).GetProperty("id").GetString();

        var word = await api.Post($"/api/v2/filters/{id}/keywords", """{"keyword":"cow","whole_word":false}""");
        var changed = await api.Send(HttpMethod.Put, $"/api/v2/filters/keywords/{word.GetProperty("id").GetString()}", ApiFixture.Content("""{"keyword":"calf"}"""));
        Assert.Equal(("calf", false), (changed.GetProperty("keyword").GetString(), changed.GetProperty("whole_word").GetBoolean()));
        Assert.Equal(changed.ToString(), (await api.Get($"/api/v2/filters/{id}/keywords"))[0].ToString());
        var post = await api.Post($"/api/v2/filters/{id}/statuses", """{"status_id":"100"}""");
        await api.Post($"/api/v2/filters/{id}/statuses", """{"status_id":"100"}""", status: 422);
        await api.Post($"/api/v2/filters/{id}/statuses", """{"status_id":"999"}""", status: 404);
        Assert.Equal(post.ToString(), (await api.Get($"/api/v2/filters/{id}/statuses"))[0].ToString());
        Assert.Equal(post.ToString(), (await api.Get($"/api/v2/filters/statuses/{post.GetProperty("id").GetString()}")).ToString());

        await api.Send(HttpMethod.Delete, $"/api/v2/filters/keywords/{word.GetProperty("id").GetString()}", null);
        await api.Send(HttpMethod.Delete, $"/api/v2/filters/statuses/{post.GetProperty("id").GetString()}", null);

        var filter = await api.Get($"/api/v2/filters/{id}");
        Assert.Equal((0, 0), (filter.GetProperty("keywords").GetArrayLength(), filter.GetProperty("statuses").GetArrayLength()));
        foreach (var address in new[] { "/api/v2/filters/9", "/api/v2/filters/9/keywords", "/api/v2/filters/keywords/9", "/api/v2/filters/9/statuses", "/api/v2/filters/statuses/9", "/api/v1/filters/9" })
            await api.Get(address, status: 404);
    }

    [Theory]
    [InlineData("cow", true, "A Cow!", "Cow")]
    [InlineData("cow", true, "Cows", null)]
    [InlineData("cow", false, "brown cows", "cow")]
    [InlineData("#cow", true, "see #cow", "#cow")]
    [InlineData("(cow)", true, "x(cow)x", "(cow)")]
    [InlineData("brown cow", true, "the BROWN <b>cow</b>", "BROWN cow")]
    [InlineData("Käl", true, "Kälber", null)]
    [InlineData("牛", true, "牛", "牛")]
    public async Task A_word_is_found_as_Mastodon_finds_it(string keyword, bool whole, string content, string? found)
    {
        await api.AddStatus(100, 2, s => s with { Content = $"<p>{content}</p>" });
        await Create(keyword, "home", whole);

        var filtered = (await api.Get("/api/v1/statuses/100")).GetProperty("filtered");

        if (found is null) Assert.Equal(0, filtered.GetArrayLength());
        else Assert.Equal([found], filtered[0].GetProperty("keyword_matches").EnumerateArray().Select(k => k.GetString()!));
    }

    [Fact]
    public async Task Warnings_poll_options_and_descriptions_are_searched_and_boosts_carry_the_mark()
    {
        await api.AddStatus(100, 2, s => s with { SpoilerText = "spider" });
        await api.AddStatus(101, 2);
        await api.AddStatus(102, 2);
        await api.AddStatus(103, 2, s => s with { BoostOfId = 100, Content = "" });
        await api.AddStatus(104, 2, s => s with { Content = "<a href=\"https://spider.test\">link</a>" });
        await api.Database.Write(c =>
        {
            PollStore.Set(c, 101, new Poll([new PollOption("a spider", 0), new PollOption("none", 0)], false, null, null, null, false));
            StatusParts.AddAttachments(c, 102, [new Attachment(9, "image", "image/png", "https://far.test/a.png", "A spider", null, null, null, null, null)]);
        });
        await Create("spider", "home");

        var home = await api.Get("/api/v1/timelines/home");

        Assert.Equal(["103", "102", "101", "100"], home.EnumerateArray().Where(s => s.GetProperty("filtered").GetArrayLength() == 1).Select(s => s.GetProperty("id").GetString()!));
        var boost = home.EnumerateArray().Single(s => s.GetProperty("id").GetString() == "103");
        Assert.Equal(1, boost.GetProperty("reblog").GetProperty("filtered").GetArrayLength());
    }

    [Fact]
    public async Task A_single_post_is_filtered_until_the_filter_expires()
    {
        await api.AddStatus(100, 2);
        var id = (await api.Post("/api/v2/filters", """{"title":"x","context":["home"],"expires_in":60}""")).GetProperty("id").GetString();
        await api.Post($"/api/v2/filters/{id}/statuses", """{"status_id":"100"}""");
        var result = (await api.Get("/api/v1/statuses/100")).GetProperty("filtered")[0];
        Assert.Equal(["100"], result.GetProperty("status_matches").EnumerateArray().Select(s => s.GetString()!));
        Assert.Equal(JsonValueKind.Null, result.GetProperty("keyword_matches").ValueKind);
        Assert.False(result.GetProperty("filter").TryGetProperty("keywords", out _));

        api.Clock.Advance(TimeSpan.FromSeconds(61));

        Assert.Equal(0, (await api.Get("/api/v1/statuses/100")).GetProperty("filtered").GetArrayLength());
        Assert.Equal(JsonValueKind.Undefined, (await api.Get("/api/v1/statuses/100", null)).TryGetProperty("filtered", out var told) ? told.ValueKind : JsonValueKind.Undefined);
    }

    [Fact]
    public async Task The_first_version_has_a_filter_for_each_word()
    {
        var first = await api.Post("/api/v1/filters", """{"phrase":"goal","context":["home","thread"],"irreversible":true,"whole_word":false}""");
        var id = first.GetProperty("id").GetString();
        Assert.Equal(("goal", true, false), (first.GetProperty("phrase").GetString(), first.GetProperty("irreversible").GetBoolean(), first.GetProperty("whole_word").GetBoolean()));
        Assert.Equal("hide", (await api.Get("/api/v2/filters"))[0].GetProperty("filter_action").GetString());

        var changed = await api.Send(HttpMethod.Put, $"/api/v1/filters/{id}", ApiFixture.Content("""{"phrase":"match","context":["public"],"irreversible":false}"""));
        Assert.Equal(("match", false), (changed.GetProperty("phrase").GetString(), changed.GetProperty("irreversible").GetBoolean()));

        var whole = (await api.Get("/api/v2/filters"))[0].GetProperty("id").GetString();
        await api.Post($"/api/v2/filters/{whole}/keywords", """{"keyword":"derby"}""");
        Assert.Equal(2, (await api.Get("/api/v1/filters")).GetArrayLength());
        await api.Send(HttpMethod.Put, $"/api/v1/filters/{id}", ApiFixture.Content("""{"phrase":"x","context":["home"]}"""), status: 422);
        Assert.Equal("match", (await api.Get($"/api/v1/filters/{id}")).GetProperty("phrase").GetString());

        foreach (var one in ApiFixture.IdsOf(await api.Get("/api/v1/filters"))) await api.Send(HttpMethod.Delete, $"/api/v1/filters/{one}", null);
        Assert.Equal(0, (await api.Get("/api/v2/filters")).GetArrayLength());
    }

    [Fact]
    public async Task Open_streams_are_told_of_a_change()
    {
        var told = new List<Event>();
        using var listening = api.Get<EventHub>().Listen(told.Add);

        await Create("x", "home");

        Assert.Contains(told, happened => happened is FiltersChanged);
        Assert.Equal("filters_changed", Assert.Single(api.Get<StreamEvents>().Of(new FiltersChanged())).Type);
    }

    private async Task<string> Create(string keyword, string context, bool whole = true) => (await api.Post("/api/v2/filters", new (string, string)[]
    {
        ("title", "A filter"), ("context[]", context), ("keywords_attributes[][keyword]", keyword), ("keywords_attributes[][whole_word]", whole ? "true" : "false"),
    })).GetProperty("id").GetString()!;
}
