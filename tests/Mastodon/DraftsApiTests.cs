using System.Text.Json;
using Calf.Accounts;
using Calf.Mastodon;
using Calf.Mastodon.Streaming;

namespace Calf.Tests.Mastodon;

public sealed class DraftsApiTests : IAsyncLifetime
{
    private const string Drafts = "/api/calf/v1/drafts";

    private ApiFixture api = null!;

    public async ValueTask InitializeAsync() => api = await ApiFixture.Start();

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task A_draft_comes_back_as_it_was_put_and_the_last_one_put_counts()
    {
        Assert.Equal(0, (await api.Get(Drafts)).GetArrayLength());
        await Put("new", """{"text":"First","deep":{"list":[{"a":null}]}}""");
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        await Put("reply-123", """{"text":"No"}""");
        api.Clock.Advance(TimeSpan.FromMinutes(1));
        var put = await Put("new", """{"text":"Second"}""");
        Assert.Equal(("new", "Second"), (put.GetProperty("name").GetString(), put.GetProperty("draft").GetProperty("text").GetString()));

        var all = (await api.Get(Drafts)).EnumerateArray().ToList();
        Assert.Equal(["new", "reply-123"], all.Select(d => d.GetProperty("name").GetString()));
        Assert.Equal("Second", (await api.Get($"{Drafts}/new")).GetProperty("draft").GetProperty("text").GetString());
        Assert.Equal(api.Clock.GetUtcNow(), all[0].GetProperty("updated_at").GetDateTimeOffset());

        await api.Send(HttpMethod.Delete, $"{Drafts}/new", null);
        await api.Send(HttpMethod.Delete, $"{Drafts}/new", null);
        await api.Get($"{Drafts}/new", status: 404);
        Assert.Equal("reply-123", Assert.Single((await api.Get(Drafts)).EnumerateArray()).GetProperty("name").GetString());
    }

    [Fact]
    public async Task Not_a_letter_of_a_draft_is_changed()
    {
        // Half of an emoji and a number that no double holds: the page's own affair. Not through the check of answers, which reads all texts.
        const string odd = """{"text":"Hello \ud83d","n":123456789012345678901234567890, "<b>":"ä"}""";
        using var client = api.TestServer.CreateClient();
        client.DefaultRequestHeaders.Authorization = new("Bearer", ApiFixture.Token);
        using var put = await client.PutAsync($"{Drafts}/odd", ApiFixture.Content($$"""{"draft":{{odd}}}"""), TestContext.Current.CancellationToken);
        Assert.Contains(odd, await put.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
        Assert.Contains(odd, await client.GetStringAsync(Drafts, TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_time_of_a_draft_is_the_pages_unless_it_lies_ahead()
    {
        var earlier = api.Clock.GetUtcNow().AddHours(-3);
        Assert.Equal(earlier, (await Put("a", "{}", earlier)).GetProperty("updated_at").GetDateTimeOffset());
        Assert.Equal(api.Clock.GetUtcNow(), (await Put("b", "{}", api.Clock.GetUtcNow().AddDays(1))).GetProperty("updated_at").GetDateTimeOffset());
        await Refused("a", """{"draft":{},"updated_at":"yesterday"}""", "updated_at");
        await Refused("a", """{"draft":{},"updated_at":5}""", "updated_at");
    }

    [Theory]
    [InlineData("a b")]
    [InlineData("ä")]
    [InlineData("a%0A")]
    [InlineData("a%2Fb")]
    [InlineData("LONG")]
    public async Task A_name_that_is_none_is_refused(string name)
    {
        await Refused(name == "LONG" ? new string('x', 201) : name, """{"draft":{}}""", "Choose another one");
        await Put(new string('x', 200), "{}");
    }

    [Theory]
    [InlineData("""{"draft":[]}""", 422)]
    [InlineData("""{"draft":"x"}""", 422)]
    [InlineData("""{"text":"x"}""", 422)]
    [InlineData("""[]""", 422)]
    [InlineData("""{"draft":{}""", 400)]
    [InlineData("", 400)]
    public async Task What_is_no_draft_is_refused(string body, int status)
    {
        await api.Send(HttpMethod.Put, $"{Drafts}/new", ApiFixture.Content(body), status: status);
        await api.Send(HttpMethod.Put, $"{Drafts}/new", ApiFixture.Content($$$"""{"draft":{"a":{{{new string('[', 40)}}}{{{new string(']', 40)}}}}}"""), status: 400);
        Assert.Equal(0, (await api.Get(Drafts)).GetArrayLength());
    }

    [Fact]
    public async Task One_that_is_too_large_or_too_many_is_refused_with_what_to_do_and_changes_nothing()
    {
        static string Long(int bytes) => $$"""{"text":"{{new string('x', bytes - 11)}}"}""";
        await Put("new", Long(100_000));
        await Refused("new", $$"""{"draft":{{Long(100_001)}}}""", "Make it shorter");
        await Refused("new", $$"""{"draft":{{Long(500_000)}}}""", "Make it shorter");
        // Counted in bytes, not in letters.
        await Refused("new", $$$"""{"draft":{"text":"{{{new string('ä', 60_000)}}}"}}""", "Make it shorter");
        Assert.Equal(100_000, (await api.Get($"{Drafts}/new")).GetProperty("draft").GetRawText().Length);

        for (var i = 1; i < 200; i++) await Put($"d{i}", "{}");
        await Refused("one-more", """{"draft":{}}""", "Send or delete one first");
        await Put("d1", """{"again":true}""");
        Assert.Equal(200, (await api.Get(Drafts)).GetArrayLength());
    }

    [Fact]
    public async Task The_owners_browsers_hear_of_each_change_and_apps_do_not()
    {
        using var app = api.Get<StreamHub>().Listen(new Caller(1, 7, true, "read"));
        using var page = api.Get<StreamHub>().Listen(new Caller(null, null, true, Scopes.Browser + " read"));
        app.Subscribe("user");
        page.Subscribe("user");
        await Put("reply-1", "{}");
        Assert.Equal(("calf.draft", "reply-1"), await Told(page));
        await api.Send(HttpMethod.Delete, $"{Drafts}/gone", null);
        await api.Send(HttpMethod.Delete, $"{Drafts}/reply-1", null);
        Assert.Equal(("calf.draft", "reply-1"), await Told(page));
        Assert.False(page.Events.TryRead(out _));
        Assert.False(app.Events.TryRead(out _));
    }

    private static async Task<(string, string?)> Told(StreamListener listener)
    {
        var (type, payload, _) = await Streams.Told(listener);
        return (type, payload);
    }

    private Task<JsonElement> Put(string name, string draft, DateTimeOffset? at = null) => api.Send(HttpMethod.Put, $"{Drafts}/{name}",
        ApiFixture.Content($$"""{"draft":{{draft}}{{(at is { } time ? $",\"updated_at\":\"{time:O}\"" : "")}}}"""));

    private async Task Refused(string name, string body, string because)
    {
        var refused = await api.Send(HttpMethod.Put, $"{Drafts}/{name}", ApiFixture.Content(body), status: 422);
        Assert.Contains(because, refused.GetProperty("error").GetString(), StringComparison.Ordinal);
    }
}
