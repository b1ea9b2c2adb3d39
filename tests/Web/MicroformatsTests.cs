using Calf.Accounts;
using Calf.Security;
using Calf.Statuses;

namespace Calf.Tests.Web;

/// <summary>What programs find in the pages: https://microformats.org/wiki/h-entry, h-card and rel-me.</summary>
public sealed class MicroformatsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_profile_is_a_card_beside_a_feed_whose_author_it_is()
    {
        await using var server = new WebServer();
        server.Write(c => AccountStore.Save(c, server.Owner with
        {
            HeaderUrl = $"{WebServer.Base}/media/meadow.jpg",
            Fields = [new("Page", HtmlSanitizing.Sanitize("<a href=\"https://weidemann.example\">weidemann.example</a>").Value), new("Garden", "<p><a href=\"https://garden.example\">garden</a></p>")],
        }));
        server.Post(100, "<p>The bees are in.</p>");
        server.Write(c => StatusParts.AddTags(c, 100, ["Bees & more"]));
        var html = await server.Browser.GetStringAsync("/@clara", Stop);
        var card = Part(html, "<div class=\"h-card\">", "<nav class=\"tabs\"");
        foreach (var part in (string[])["u-featured\" src=\"https://calf.example/media/meadow.jpg\"", "u-photo", "p-name u-url u-uid\" rel=\"me\" href=\"https://calf.example/@clara\"", "p-nickname", "p-note"]) Assert.Contains(part, card);
        Assert.Matches("href=\"https://weidemann.example/?\" rel=\"me nofollow noopener\"", card);
        Assert.Contains("<a rel=\"me\" href=\"https://garden.example\">", card);
        var feed = Part(html, "<main class=\"h-feed\">", "</main>");
        foreach (var part in (string[])["<h2 class=\"p-name\" hidden>", "p-author h-card", "h-entry", "u-url", "dt-published", "e-content", "<data class=\"p-category\" value=\"Bees &amp; more\">"]) Assert.Contains(part, feed);
    }

    [Fact]
    public async Task The_page_of_a_post_is_an_entry_with_what_it_answers_and_what_answers_it()
    {
        await using var server = new WebServer();
        for (var i = 0; i < 5; i++)
        {
            var before = i == 0 ? (long?)null : 99 + i;
            server.Post(100 + i, $"<p>post {i}</p>", s => s with { InReplyToId = before, InReplyToAccountId = before is null ? null : 1 });
        }
        var html = Part(await server.Browser.GetStringAsync("/@clara/102", Stop), "<main class=\"h-entry\">", "</main>");
        string Of(int i) => html.Split("<article").Single(article => article.Contains($"post {i}<", StringComparison.Ordinal));
        Assert.Contains("class=\"entry reply d0  h-cite\"", Of(0));
        Assert.Contains("u-in-reply-to h-cite", Of(1));
        foreach (var part in (string[])["class=\"entry main\"", "p-author h-card", "u-url u-uid\" href=\"https://calf.example/@clara/102\"", "dt-published", "e-content"]) Assert.Contains(part, Of(2));
        Assert.DoesNotContain("h-entry", Of(2));
        Assert.Contains("u-comment h-cite", Of(3));
        Assert.DoesNotContain("u-comment", Of(4));
    }

    private static string Part(string html, string from, string to)
    {
        var start = html.IndexOf(from, StringComparison.Ordinal);
        Assert.True(start >= 0, $"There is no {from}");
        return html[start..html.IndexOf(to, start, StringComparison.Ordinal)];
    }
}
