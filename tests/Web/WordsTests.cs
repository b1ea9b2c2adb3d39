using System.Text.Json;
using System.Text.RegularExpressions;
using Calf.Tests.Support;

namespace Calf.Tests.Web;

public sealed partial class WordsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static TheoryData<string> Codes => [.. PageLanguages.Others];

    [Theory]
    [InlineData("", "en")]
    [InlineData("de", "de")]
    [InlineData("de-CH, en;q=0.5", "de")]
    [InlineData("tlh, ja;q=0.4, en;q=0.3", "ja")]
    [InlineData("en;q=0.2, ar-EG;q=0.9", "ar")]
    [InlineData("en, de", "en")]
    [InlineData("de;q=0, ja;q=x, ,;", "en")]
    public void The_page_has_the_language_that_the_reader_likes_best_of_those_there_are(string header, string expected) => Assert.Equal(expected, PageLanguages.Of(header));

    [Theory]
    [InlineData("ar", 0, "zero")]
    [InlineData("ar", 2, "two")]
    [InlineData("ar", 103, "few")]
    [InlineData("ar", 11, "many")]
    [InlineData("ar", 100, "other")]
    [InlineData("ja", 1, "other")]
    [InlineData("de", 1, "one")]
    [InlineData("ru", 21, "one")]
    [InlineData("ru", 12, "many")]
    [InlineData("pl", 22, "few")]
    public void A_number_has_its_plural_category(string language, long n, string expected) => Assert.Equal(expected, Plurals.CategoryOf(language, n));

    [Fact]
    public async Task A_public_page_speaks_its_readers_language_and_is_kept_for_each_apart()
    {
        await using var server = new WebServer();
        server.Post(100, "<p>Bonjour</p>", s => s with { Language = "fr" });
        // Twice, so that the second comes from what is kept.
        for (var turn = 0; turn < 2; turn++)
        {
            foreach (var (language, direction) in new[] { ("en", "ltr"), ("de", "ltr"), ("ar", "rtl"), ("ja", "ltr") })
            {
                using var request = new HttpRequestMessage(HttpMethod.Get, "/@clara") { Headers = { { "Accept", "text/html" }, { "Accept-Language", language } } };
                using var answer = await server.Browser.SendAsync(request, Stop);
                var html = await answer.Content.ReadAsStringAsync(Stop);
                Assert.Contains($"<html lang=\"{language}\" dir=\"{direction}\">", html);
                Assert.Contains("dir=\"auto\" lang=\"fr\"", html);
                Assert.Equal(language == "en", html.Contains(">Posts</a>", StringComparison.Ordinal));
                Assert.Contains("Accept-Language", answer.Headers.Vary);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Codes))]
    public void A_language_has_every_text_of_the_server_with_its_places(string code)
    {
        using var catalog = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Folder, $"src/Web/App/lang/{code}.json")));
        var faults = new List<string>();
        foreach (var file in Directory.EnumerateFiles(Path.Combine(Repository.Folder, "src"), "*.cs", SearchOption.AllDirectories).Where(path => !Generated().IsMatch(path)))
        {
            var source = File.ReadAllText(file);
            foreach (Match one in Single().Matches(source)) Look(one.Groups[1].Value, JsonValueKind.String);
            foreach (Match one in Counted().Matches(source)) Look(one.Groups[1].Value, JsonValueKind.Object);
        }
        Assert.Empty(faults);

        void Look(string text, JsonValueKind kind)
        {
            if (!catalog.RootElement.TryGetProperty(text, out var entry) || entry.ValueKind != kind) faults.Add($"{code} lacks “{text}”");
            else if (kind == JsonValueKind.String && !Places(text).SequenceEqual(Places(entry.GetString()!))) faults.Add($"{code}: “{entry}” has other places to fill than “{text}”");
        }
    }

    private static IEnumerable<string> Places(string text) => Place().Matches(text.Split("||")[0]).Select(match => match.Value).Order();

    [GeneratedRegex(@"\{\w+\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"[/\\](bin|obj)[/\\]")]
    private static partial Regex Generated();

    [GeneratedRegex(@"\b(?:T|Say)\(""([^""]+)""")]
    private static partial Regex Single();

    [GeneratedRegex(@"\bWords\.N\([^""]*""[^""]+"", ""([^""]+)""")]
    private static partial Regex Counted();
}
