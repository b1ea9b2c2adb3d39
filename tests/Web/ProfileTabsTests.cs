using System.Net;
using System.Text.RegularExpressions;
using Calf.Accounts;
using Calf.Interactions;
using Calf.Statuses;
using Calf.Web;

namespace Calf.Tests.Web;

public sealed partial class ProfileTabsTests
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_to_others_are_on_a_page_of_their_own_and_say_whom_they_answer()
    {
        await using var server = new WebServer();
        Bo(server);
        server.Post(99, "<p>words of bo</p>", s => s with { AccountId = 2, Uri = "https://b.example/1", Url = "https://b.example/@bo/1" });
        server.Post(100, "<p>for followers of bo</p>", s => s with { AccountId = 2, Uri = "https://b.example/2", Url = "https://b.example/@bo/2", Visibility = Visibility.Private });
        server.Post(101, "<p>the first</p>");
        server.Post(102, "<p>goes on</p>", s => s with { InReplyToId = 101, InReplyToAccountId = 1 });
        server.Post(103, "<p>an answer to bo</p>", s => s with { InReplyToId = 99, InReplyToAccountId = 2 });
        server.Post(104, "<p>to what is hidden</p>", s => s with { InReplyToId = 100, InReplyToAccountId = 2 });
        var posts = await server.Browser.GetStringAsync("/@clara", Stop);
        Assert.Contains("the first", posts);
        Assert.Contains("<a class=\"u-in-reply-to\" href=\"https://calf.example/@clara/101\">answer to an earlier post</a>", posts);
        Assert.DoesNotContain("an answer to bo", posts);
        Assert.Contains("<a href=\"https://calf.example/@clara\" aria-current=\"page\">Posts</a>", posts);

        var answers = await server.Browser.GetStringAsync("/@clara/with_replies", Stop);
        foreach (var words in (string[])["the first", "goes on", "an answer to bo", "to what is hidden"]) Assert.Contains(words, answers);
        Assert.Contains("<a class=\"u-in-reply-to\" href=\"https://b.example/@bo/1\" rel=\"nofollow ugc noopener\">@bo@b.example</a>", answers);
        Assert.DoesNotContain("@bo/2", answers);
        Assert.DoesNotContain("words of bo", answers);
        Assert.Contains("with_replies\" aria-current=\"page\"", answers);
    }

    [Fact]
    public async Task Pictures_are_a_grid_in_which_what_is_covered_stays_covered()
    {
        await using var server = new WebServer();
        server.Post(100, "<p>no picture</p>");
        Picture(server, server.Post(101, "<p>a hive</p>"), "hive", "A <hive>");
        Picture(server, server.Post(102, "<p>a hornet</p>", s => s with { Sensitive = true, SpoilerText = "Insects" }), "hornet", "A hornet");
        Picture(server, server.Post(103, "<p>hidden</p>", s => s with { Visibility = Visibility.Private }), "secret", "A secret");
        var html = await server.Browser.GetStringAsync("/@clara/media", Stop);
        Assert.Contains("<a class=\"u-url\" href=\"https://calf.example/@clara/101\"><img class=\"u-photo\" src=\"https://calf.example/media/hive-small.jpg\" alt=\"A &lt;hive&gt;\"", html);
        Assert.Contains("href=\"https://calf.example/@clara/102\"><span dir=\"auto\">Insects</span>", html);
        foreach (var absent in (string[])["hornet", "secret", "no picture"]) Assert.DoesNotContain(absent, html);
        Assert.DoesNotContain("<script", html);
    }

    [Fact]
    public async Task Who_shows_no_pictures_has_no_page_of_them()
    {
        await using var server = new WebServer();
        Picture(server, server.Post(101, "<p>a hive</p>"), "hive", "");
        server.Write(c => new ProfileTabs(Media: false).Save(c));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync("/@clara/media", Stop)).StatusCode);
        Assert.DoesNotContain("/media\"", await server.Browser.GetStringAsync("/@clara", Stop));
        Assert.Equal(HttpStatusCode.NotFound, (await server.Browser.GetAsync("/@bo/with_replies", Stop)).StatusCode);
    }

    [Theory]
    [InlineData("/@clara", ProfilePage.PostsOnAPage)]
    [InlineData("/@clara/with_replies", ProfilePage.PostsOnAPage)]
    [InlineData("/@clara/media", ProfilePage.PostsInTheGrid)]
    [InlineData("/tags/bees", ProfilePage.PostsOnAPage)]
    public async Task All_posts_are_reached_down_and_up_again(string path, int size)
    {
        await using var server = new WebServer();
        var all = size * 2 + 3;
        for (var i = 0; i < all; i++)
        {
            Picture(server, server.Post(1000 + i, $"<p>post</p>"), "hive", "");
            server.Write(c => StatusParts.AddTags(c, 1000 + i, ["bees"]));
        }
        async Task<(List<long> Ids, string? Newer, string? Older)> Read(string address)
        {
            var html = await server.Browser.GetStringAsync(address, Stop);
            string? Of(string relation) => Regex.Match(html, $"<link rel=\"{relation}\" href=\"([^\"]+)\">") is { Success: true } found ? found.Groups[1].Value : null;
            Assert.Equal(Of("prev"), Regex.Match(html, "<a rel=\"prev\" href=\"([^\"]+)\">") is { Success: true } link ? link.Groups[1].Value : null);
            return ([.. PostLink().Matches(html).Select(m => long.Parse(m.Groups[1].Value, System.Globalization.CultureInfo.InvariantCulture))], Of("prev"), Of("next"));
        }
        var first = await Read(path);
        var second = await Read(first.Older!);
        var third = await Read(second.Older!);
        Assert.Equal(Enumerable.Range(0, all).Select(i => 1000L + all - 1 - i), [.. first.Ids, .. second.Ids, .. third.Ids]);
        Assert.Null(first.Newer);
        Assert.Null(third.Older);
        var again = await Read(third.Newer!);
        Assert.Equal(second.Ids, again.Ids);
        Assert.Equal(first.Ids, (await Read(again.Newer!)).Ids);
    }

    [Fact]
    public async Task What_is_pinned_comes_first_and_once()
    {
        await using var server = new WebServer();
        for (var i = 0; i < ProfilePage.PostsOnAPage + 1; i++) server.Post(100 + i, $"<p>post</p>");
        server.Write(c => PinStore.Add(c, 110, DateTimeOffset.UnixEpoch));
        var html = await server.Browser.GetStringAsync("/@clara", Stop);
        Assert.Equal("110", PostLink().Match(html).Groups[1].Value);
        Assert.Single(PostLink().Matches(html), m => m.Groups[1].Value == "110");
        Assert.DoesNotContain("\"entry h-entry pinned\"", await server.Browser.GetStringAsync("/@clara/with_replies", Stop));
    }

    [Fact]
    public async Task Empty_pages_say_so()
    {
        await using var server = new WebServer();
        Assert.Contains("Nothing has been written here yet", await server.Browser.GetStringAsync("/@clara", Stop));
        Assert.Contains("No pictures", await server.Browser.GetStringAsync("/@clara/media", Stop));
        var beyond = await server.Browser.GetStringAsync("/@clara?max_id=5", Stop);
        Assert.Contains("There is nothing older", beyond);
        Assert.Contains("<a href=\"https://calf.example/@clara\">To the newest</a>", beyond);
    }

    [GeneratedRegex("<a class=\"u-url\" href=\"https://calf.example/@clara/([0-9]+)\"")]
    private static partial Regex PostLink();

    private static void Picture(WebServer server, Status post, string name, string description) => server.Write(c => StatusParts.AddAttachments(c, post.Id,
        [new(post.Id, "image", "image/jpeg", $"{WebServer.Base}/media/{name}.jpg", description, null, 1200, 900, null, null, $"{WebServer.Base}/media/{name}-small.jpg")]));

    private static void Bo(WebServer server) => server.Write(c => AccountStore.Save(c, WebServer.Bo));
}
