using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Calf.Mastodon.Translating;
using Calf.Statuses;

namespace Calf.Tests.Mastodon;

public sealed class TranslationTests : IAsyncLifetime
{
    private const string Languages = """[{"code":"de","name":"German","targets":["de","en"]},{"code":"en","name":"English","targets":["de","en","fr"]}]""";

    private readonly Backend backend = new();
    private ApiFixture api = null!;

    public async ValueTask InitializeAsync()
    {
        // A private address, which nothing else may be sent to.
        api = await Start(settings => (settings.Translation.Url, settings.Translation.ApiKey) = ("http://127.0.0.1:5000/", "key"));
        await api.AddStatus(100, 2, s => s with { Content = "<p>Guten Tag :cow:</p>", SpoilerText = "a < b", Language = "de", Emojis = [new("cow", "https://far.test/cow.png")] });
    }

    public ValueTask DisposeAsync() => api.DisposeAsync();

    [Fact]
    public async Task Everything_that_a_status_says_is_translated()
    {
        await api.Database.Write(c =>
        {
            PollStore.Set(c, 100, new Poll([new PollOption("Ja", 1), new PollOption("Nein & aber", 0)], false, null, null, 1));
            StatusParts.AddAttachments(c, 100, [Picture(5, "Eine Kuh"), Picture(6, "")]);
        });
        var translation = await api.Post("/api/v1/statuses/100/translate", """{"lang":"en"}""");
        Assert.Equal("<p>[en] Guten Tag :cow:</p>", translation.GetProperty("content").GetString());
        Assert.Equal("[en]a < b", translation.GetProperty("spoiler_text").GetString());
        Assert.Equal(["[en]Ja", "[en]Nein & aber"], translation.GetProperty("poll").GetProperty("options").EnumerateArray().Select(o => o.GetProperty("title").GetString()));
        Assert.Equal("100", translation.GetProperty("poll").GetProperty("id").GetString());
        Assert.Equal(["[en]Eine Kuh", ""], translation.GetProperty("media_attachments").EnumerateArray().Select(o => o.GetProperty("description").GetString()));
        Assert.Equal(("de", "en", "LibreTranslate"), (Text(translation, "detected_source_language"), Text(translation, "language"), Text(translation, "provider")));

        var asked = Assert.Single(backend.Translations);
        Assert.Equal(("de", "en", "html", "key"), (Text(asked, "source"), Text(asked, "target"), Text(asked, "format"), Text(asked, "api_key")));
        Assert.Equal(["<p>Guten Tag <span translate=\"no\">:cow:</span></p>", "a &lt; b", "Ja", "Nein &amp; aber", "Eine Kuh"], asked.GetProperty("q").EnumerateArray().Select(q => q.GetString()));
    }

    [Fact]
    public async Task The_same_text_is_asked_for_once_a_day()
    {
        for (var i = 0; i < 2; i++) await api.Post("/api/v1/statuses/100/translate", """{"lang":"en"}""");
        Assert.Single(backend.Translations);
        api.Clock.Advance(TimeSpan.FromHours(25));
        await api.Post("/api/v1/statuses/100/translate", """{"lang":"en"}""");
        Assert.Equal(2, backend.Translations.Count);
        Assert.Equal(1, backend.LanguageRequests);
        await api.Database.Write(c => c.Execute($"UPDATE statuses SET content = {"<p>Gute Nacht</p>"} WHERE id = 100"));
        Assert.Contains("Gute Nacht", Text(await api.Post("/api/v1/statuses/100/translate", """{"lang":"en"}"""), "content"), StringComparison.Ordinal);
    }

    [Fact]
    [Trait("Wire", "120")]
    public async Task What_the_backend_says_is_reduced_like_any_HTML()
    {
        backend.Translate = (_, text) => $"""{text}<script>alert(1)</script><img src="x" onerror="alert(1)">""";
        var translation = await api.Post("/api/v1/statuses/100/translate", """{"lang":"en"}""");
        Assert.Equal("<p>Guten Tag :cow:</p>", Text(translation, "content"));
        Assert.Equal("a < b", Text(translation, "spoiler_text"));
    }

    [Theory]
    [InlineData("de", "en-GB", "en")]
    [InlineData("de", "en_GB", "en")]
    [InlineData(null, "fr", "fr")]
    [InlineData("de", "", "en")]
    public async Task The_language_is_taken_as_far_as_the_backend_knows_it(string? from, string wanted, string target)
    {
        await api.AddStatus(101, 2, s => s with { Language = from });
        var translation = await api.Post("/api/v1/statuses/101/translate", new Dictionary<string, string> { ["lang"] = wanted });
        Assert.Equal(target, Text(translation, "language"));
        Assert.Equal(from ?? "auto", Text(backend.Translations[0], "source"));
        Assert.Equal(from ?? "nl", Text(translation, "detected_source_language"));
    }

    [Theory]
    [InlineData(Visibility.Private, "de", "en")]
    [InlineData(Visibility.Direct, "de", "en")]
    [InlineData(Visibility.Public, "de", "fr")]
    [InlineData(Visibility.Public, "de", "de")]
    [InlineData(Visibility.Public, "tlh", "en")]
    public async Task What_is_not_public_stays_here_and_what_the_backend_cannot_do_is_refused(Visibility visibility, string from, string to)
    {
        await api.AddStatus(101, ApiFixture.OwnerId, s => s with { Visibility = visibility, Language = from });
        var refused = await api.Post("/api/v1/statuses/101/translate", $$"""{"lang":"{{to}}"}""", status: 403);
        Assert.Equal("This action is not allowed", Text(refused, "error"));
        Assert.Empty(backend.Translations);
    }

    [Theory]
    [InlineData(429, "{}", "There have been too many requests to the translation service recently.")]
    [InlineData(403, "{}", "The server-wide usage quota for the translation service has been exceeded.")]
    [InlineData(500, "{}", "Service Unavailable")]
    [InlineData(307, "{}", "Service Unavailable")]
    [InlineData(200, "no", "Service Unavailable")]
    [InlineData(200, "[]", "Service Unavailable")]
    [InlineData(200, """{"translatedText":["one"]}""", "Service Unavailable")]
    public async Task A_failure_of_the_backend_is_told_and_not_kept(int status, string body, string error)
    {
        backend.Fails = (status, body);
        Assert.Equal(error, Text(await api.Post("/api/v1/statuses/100/translate", """{"lang":"en"}""", status: 503), "error"));
        Assert.DoesNotContain(backend.Asked, address => address.Contains("elsewhere", StringComparison.Ordinal));
        backend.Fails = null;
        await api.Post("/api/v1/statuses/100/translate", """{"lang":"en"}""");
    }

    [Fact]
    public async Task Without_a_backend_there_are_no_translations_and_with_one_the_server_says_so()
    {
        Assert.True((await api.Get("/api/v2/instance")).GetProperty("configuration").GetProperty("translation").GetProperty("enabled").GetBoolean());
        Assert.Equal("""{"de":["en"],"en":["de","fr"],"und":["de","en","fr"]}""", (await api.Get("/api/v1/instance/translation_languages", token: null)).GetRawText());

        await using var without = await Start(_ => { });
        await without.AddStatus(100, 2);
        Assert.False((await without.Get("/api/v2/instance")).GetProperty("configuration").GetProperty("translation").GetProperty("enabled").GetBoolean());
        Assert.Equal("{}", (await without.Get("/api/v1/instance/translation_languages")).GetRawText());
        Assert.Equal("Record not found", Text(await without.Post("/api/v1/statuses/100/translate", status: 404), "error"));
        await api.Post("/api/v1/statuses/999/translate", status: 404);
    }

    [Fact]
    public void The_cache_keeps_no_more_than_it_may()
    {
        var cache = new TranslationCache(api.Clock);
        var half = new string('x', TranslationCache.MaxCharacters / 2);
        foreach (var key in (string[])["a", "b", "b", "c"]) cache.Add(key, new Translated([half[2..]], "de"));
        Assert.Null(cache.Find("a"));
        Assert.NotNull(cache.Find("b"));
        Assert.NotNull(cache.Find("c"));
        cache.Add("d", new Translated([half + half], "de"));
        Assert.Null(cache.Find("d"));
    }

    private async Task<ApiFixture> Start(Action<Settings> adjust)
    {
        var fixture = await ApiFixture.Start(backend, adjust);
        await fixture.AddPerson(2, "bob");
        return fixture;
    }

    private static Attachment Picture(long id, string description) => new(id, "image", "image/png", $"https://far.test/{id}.png", description, null, 1, 1, null, null);

    private static string Text(JsonElement of, string name) => of.GetProperty(name).GetString()!;

    /// <summary>A LibreTranslate that puts the language before each text.</summary>
    private sealed class Backend : HttpMessageHandler
    {
        public List<string> Asked { get; } = [];

        public List<JsonElement> Translations { get; } = [];

        public int LanguageRequests => Asked.Count(address => address == "http://127.0.0.1:5000/languages");

        public (int Status, string Body)? Fails { get; set; }

        public Func<string, string, string> Translate { get; set; } = (to, text) =>
            text.StartsWith("<p>", StringComparison.Ordinal) ? $"<p>[{to}] {text[3..]}" : $"[{to}]{text}";

        protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Asked.Add(request.RequestUri!.ToString());
            if (request.RequestUri.AbsolutePath == "/languages") return Answer(200, Languages);
            Assert.Equal("http://127.0.0.1:5000/translate", request.RequestUri.ToString());
            if (Fails is { } failure) return Answer(failure.Status, failure.Body);
            using var body = JsonDocument.Parse(await request.Content!.ReadAsStringAsync(cancellationToken));
            var asked = body.RootElement.Clone();
            Translations.Add(asked);
            var texts = asked.GetProperty("q").EnumerateArray().Select(q => Translate(Text(asked, "target"), q.GetString()!)).ToList();
            var answer = new JsonObject { ["translatedText"] = new JsonArray([.. texts.Select(text => (JsonNode)text)]) };
            if (Text(asked, "source") == "auto") answer["detectedLanguage"] = new JsonArray(new JsonObject { ["confidence"] = 90, ["language"] = "nl" });
            return Answer(200, answer.ToJsonString());
        }

        private static HttpResponseMessage Answer(int status, string body)
        {
            var answer = new HttpResponseMessage((HttpStatusCode)status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };
            if (status == 307) answer.Headers.Location = new Uri("http://127.0.0.1:5000/elsewhere");
            return answer;
        }
    }
}
