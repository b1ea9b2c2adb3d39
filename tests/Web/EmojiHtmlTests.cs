using Calf.Accounts;
using Calf.Security;
using Calf.Web;

namespace Calf.Tests.Web;

public sealed class EmojiHtmlTests
{
    private const string Picture = "<img class=\"emoji\" src=\"https://calf.example/cow.png\" alt=\":cow:\" title=\":cow:\" loading=\"lazy\">";

    private static readonly IReadOnlyList<CustomEmoji> Cow = [new("cow", "https://calf.example/cow.png"), new("cow", "https://calf.example/other.png"), new("evil", "javascript:alert(1)")];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(":cow:", "{0}")]
    [InlineData("a :cow::cow: b", "a {0}{0} b")]
    [InlineData("::cow:", ":{0}")]
    [InlineData(":no:cow:", ":no{0}")]
    [InlineData(":cow :cow", ":cow :cow")]
    [InlineData("12:30: :cow:", "12:30: {0}")]
    [InlineData("<a href=\"https://x/:cow:?a=>:cow:\">:cow:</a>", "<a href=\"https://x/:cow:?a=>:cow:\">{0}</a>")]
    [InlineData("<a href=\":cow:", "<a href=\":cow:")]
    [InlineData(":", ":")]
    [InlineData("", "")]
    public void It_stands_in_the_text_and_never_in_a_tag(string markup, string shown) =>
        Assert.Equal(shown.Replace("{0}", Picture, StringComparison.Ordinal), EmojiHtml.In(Html.Of($"{SafeHtml.Trust(markup)}"), Cow).ToString());

    [Fact]
    public void Text_stays_text_and_addresses_stay_addresses()
    {
        Assert.Equal("&lt;b&gt;" + Picture, EmojiHtml.In("<b>:cow:", Cow).ToString());
        Assert.Contains("src=\"about:blank\"", EmojiHtml.In(":evil:", Cow).ToString());
        Assert.Equal(":cow:", EmojiHtml.In(":cow:", []).ToString());
    }

    [Fact]
    public async Task Names_texts_and_facts_show_it_from_this_server()
    {
        await using var server = new WebServer();
        IReadOnlyList<CustomEmoji> theirs = [new("cow", "https://b.example/cow.gif")];
        server.Write(c => AccountStore.Save(c, server.Owner with { DisplayName = "Clara :cow:", Note = "<p>bees :cow:</p>", Fields = [new("a :cow:", "b")], Emojis = theirs }));
        server.Post(100, "<p>text :cow:</p>", s => s with { SpoilerText = "warned :cow:", Emojis = theirs });
        foreach (var (page, times) in ((string, int)[])[("/@clara", 5), ("/@clara/100", 3)])
        {
            var html = await server.Browser.GetStringAsync(page, Stop);
            Assert.Equal(times, html.Split("<img class=\"emoji\" src=\"https://calf.example/media/remote/emoji-still/").Length - 1);
            Assert.DoesNotContain("b.example", html);
        }
    }
}
